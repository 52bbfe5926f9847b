package io.prelim.report.archive;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationRejected;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.ClientTls;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.report.delivery.Answer;
import io.prelim.report.delivery.TlsFiles;
import io.prelim.report.settings.ArchiveSettings;
import java.io.IOException;
import java.util.List;

/** An archive that takes C-STORE, on one association at a time. */
final class DicomDestination extends ArchiveDestination {
    private static final List<PresentationContext> CONTEXTS = List.of(
            PresentationContext.of(Uid.ENHANCED_SR_STORAGE, Uid.EXPLICIT_VR_LITTLE_ENDIAN),
            PresentationContext.of(Uid.SEGMENTATION_STORAGE, Uid.EXPLICIT_VR_LITTLE_ENDIAN),
            PresentationContext.of(Uid.KEY_OBJECT_SELECTION_STORAGE, Uid.EXPLICIT_VR_LITTLE_ENDIAN));

    private final ClientSettings client;

    /** @throws IllegalArgumentException if something is not set */
    DicomDestination(ArchiveSettings settings, Documents documents) {
        super(settings, documents);
        this.client = ClientSettings.of(
                        settings.host().orElseThrow(),
                        settings.port().orElseThrow(() -> new IllegalArgumentException("host needs port")),
                        settings.callingAe(),
                        settings.calledAe().orElseThrow(() -> new IllegalArgumentException("host needs called-ae")))
                .withTimeouts(settings.connectTimeout(), settings.answerTimeout());
    }

    @Override
    public String protocol() {
        return settings().tls() ? "C-STORE over TLS" : "C-STORE";
    }

    @Override
    public Session<Document> open() throws IOException {
        try {
            DicomClient association = DicomClient.connect(settings().tls() ? client.withTls(tls()) : client, CONTEXTS);
            return new Session<>() {
                @Override
                public Answer send(Document document) throws IOException {
                    try {
                        return StoreStatus.answer(association
                                .store(
                                        document.sopClassUid(),
                                        document.sopInstanceUid(),
                                        Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                                        document.dataSet())
                                .status());
                    } catch (DicomClient.NotAccepted e) {
                        return new Answer.Refused("SOP class not accepted in Explicit VR Little Endian");
                    }
                }

                @Override
                public void close() {
                    try {
                        association.close();
                    } catch (IOException e) {
                        // each instance had its answer before, or its failure
                        association.abort();
                    }
                }
            };
        } catch (AssociationRejected e) {
            throw new Unreachable(
                    "association rejected (" + e.reject().result() + ","
                            + e.reject().source() + "," + e.reject().reason() + ")",
                    null);
        }
    }

    /** Read anew for each association, so that files that were renewed count. */
    private ClientTls tls() throws IOException {
        return new ClientTls(TlsFiles.of(settings()).context(), settings().checkHostName());
    }
}
