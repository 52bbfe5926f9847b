package io.prelim.ingest.docs;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.dictionary.UidEntry;
import io.prelim.dicom.dictionary.UidRegistry;
import io.prelim.dicom.net.association.Negotiation;
import io.prelim.dicom.net.dimse.NormalizedSopClass;
import io.prelim.dicom.net.pdu.Pdu;
import io.prelim.dicom.net.pdu.PduException;
import io.prelim.dicom.net.transport.ServerSettings;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.receive.Receipt;
import io.prelim.testkit.docs.GeneratedText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The conformance statement says what the code negotiates and answers. */
class ConformanceStatementTest {
    private static final String DOCUMENT = "deploy/docs/conformance.md";

    private final UidRegistry registry = UidRegistry.standard();
    private final ServerSettings settings = ServerSettings.defaults().withAbstractSyntaxes(DicomListener.SOP_CLASSES);

    @Test
    void identification() throws IOException {
        GeneratedText.check(DOCUMENT, "identification", """
                | item | value |
                |---|---|
                | Application Context | %s |
                | Implementation Class UID | %s |
                | Implementation Version Name | %s |
                | Maximum length received | %d |
                | Operations invoked at most, where asked for | %d |
                """.formatted(
                        Uid.APPLICATION_CONTEXT,
                        Uid.IMPLEMENTATION_CLASS,
                        Uid.IMPLEMENTATION_VERSION,
                        settings.maxPduLength(),
                        settings.limits().maxOperationsInvoked()));
    }

    @Test
    void transferSyntaxes() throws IOException {
        GeneratedText.check(
                DOCUMENT,
                "transfer-syntaxes",
                "| UID | name |\n|---|---|\n"
                        + settings.transferSyntaxes().stream()
                                .map(uid -> "| " + uid + " | " + registry.name(uid) + " |\n")
                                .collect(Collectors.joining()));
    }

    /** Asked of the negotiation itself, not of a list. */
    @Test
    void storageSopClasses() throws IOException, PduException {
        StringBuilder table = new StringBuilder("| UID | name |\n|---|---|\n");
        Negotiation negotiation = new Negotiation(settings.transferSyntaxes(), settings.abstractSyntaxes(), Map.of());
        for (UidEntry entry : registry.entries()) {
            if (entry.type().equals(UidEntry.SOP_CLASS) && accepted(negotiation, entry.uid())) {
                table.append("| ")
                        .append(entry.uid())
                        .append(" | ")
                        .append(entry.name())
                        .append(entry.retired() ? " (retired)" : "")
                        .append(" |\n");
            }
        }
        GeneratedText.check(DOCUMENT, "sop-classes", table.toString());
    }

    @Test
    void statuses() throws IOException {
        StringBuilder table = new StringBuilder("| status | when |\n|---|---|\n| 0000 | stored, or stored before |\n");
        for (Receipt.Reason reason : Receipt.Reason.values()) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %04X | %s |%n",
                    reason.dimseStatus(),
                    reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        GeneratedText.check(DOCUMENT, "c-store-statuses", table.toString());
    }

    @Test
    void normalizedServices() throws IOException {
        StringBuilder table = new StringBuilder("| SOP class | name | operations |\n|---|---|---|\n");
        for (NormalizedSopClass sopClass : NormalizedSopClass.values()) {
            if (!settings.abstractSyntaxes().contains(sopClass.uid())) {
                continue;
            }
            table.append("| ")
                    .append(sopClass.uid())
                    .append(" | ")
                    .append(registry.name(sopClass.uid()))
                    .append(" | ")
                    .append(sopClass.operations().keySet().stream()
                            .map(operation -> operation.name().replace('_', '-'))
                            .sorted()
                            .collect(Collectors.joining(", ")))
                    .append(" |\n");
        }
        GeneratedText.check(DOCUMENT, "normalized-services", table.toString());
    }

    private static boolean accepted(Negotiation negotiation, String sopClass) throws PduException {
        return negotiation
                .answer(new Pdu.AssociateRq(
                        1,
                        "PRELIM",
                        "ASKING",
                        Uid.APPLICATION_CONTEXT,
                        List.of(new Pdu.ProposedContext(1, sopClass, List.of(Uid.IMPLICIT_VR_LITTLE_ENDIAN))),
                        new Pdu.UserInformation(0, "1.2", "")))
                .get(0)
                .accepted();
    }
}
