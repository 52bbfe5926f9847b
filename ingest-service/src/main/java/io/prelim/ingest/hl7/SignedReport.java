package io.prelim.ingest.hl7;

import io.prelim.dicom.core.Uid;
import io.prelim.events.Phi;
import io.prelim.ingest.hl7.Refusal.Refused;
import java.util.Optional;
import java.util.Set;

/**
 * What a signed report of ORU^R01 or MDM is about.
 *
 * @param accession        null where it is not said
 * @param studyInstanceUid null where it is not said
 */
record SignedReport(Phi<String> accession, String studyInstanceUid) {
    /** OBR-25 (HL7 table 0123): final, corrected, by a person. */
    private static final Set<String> SIGNED = Set.of("F", "C");

    /** TXA-17 (HL7 table 0271): authenticated, legally authenticated. */
    private static final Set<String> AUTHENTICATED = Set.of("AU", "LA");

    /** OBX-3 of a study's UID, as IHE and DICOM have it. */
    private static final Set<String> STUDY = Set.of("113014", "110180");

    /**
     * Empty when the report is not signed.
     *
     * @throws Refused when it is none
     */
    static Optional<SignedReport> of(Hl7Message message, Hl7Peer peer) throws Refused {
        message.required("PID");
        boolean document = message.header().value(9, 1).equals("MDM");
        Segment state = message.required(document ? "TXA" : "OBR");
        boolean signed = document
                ? AUTHENTICATED.contains(state.value(17, 1))
                : message.segments().stream()
                        .anyMatch(each -> each.name().equals("OBR") && SIGNED.contains(each.value(25, 1)));
        return signed ? Optional.of(new SignedReport(accession(message, peer), study(message))) : Optional.empty();
    }

    private static Phi<String> accession(Hl7Message message, Hl7Peer peer) throws Refused {
        Segment obr = message.first("OBR").orElse(null);
        Segment segment = obr == null ? message.required("TXA") : obr;
        int field =
                switch (peer.accessionField()) {
                    case OBR_18 -> obr == null ? 0 : 18;
                    case OBR_3 -> obr == null ? 15 : 3;
                    case OBR_2 -> obr == null ? 14 : 2;
                };
        // TXA has order numbers, and no accession number
        return field == 0 ? null : Fields.identifier(segment, field, segment.value(field, 1));
    }

    private static String study(Hl7Message message) {
        return message.segments().stream()
                .filter(each -> each.name().equals("OBX") && STUDY.contains(each.value(3, 1)))
                .map(each -> each.value(5, 1))
                .filter(Uid::isValid)
                .findFirst()
                .orElse(null);
    }
}
