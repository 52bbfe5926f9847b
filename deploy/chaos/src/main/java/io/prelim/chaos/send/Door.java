package io.prelim.chaos.send;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import java.io.IOException;
import java.time.Duration;

/** One sender's way to the service; after a failure it is made anew. For one thread. */
interface Door extends AutoCloseable {
    /** Longer than the service may take over an answer, so that it is the one to say so. */
    Duration PATIENCE = Duration.ofSeconds(8);

    /**
     * Sends and waits.
     *
     * @throws IOException when no answer came
     */
    Answer send(Parcel parcel) throws IOException;

    @Override
    void close();

    /** Made when it is needed: what fails is an answer that did not come. */
    @FunctionalInterface
    interface Factory {
        Door open() throws IOException;
    }

    /** An association. */
    static Door association(int port, String callingAeTitle) throws IOException {
        DicomClient client = DicomClient.connect(
                ClientSettings.of("127.0.0.1", port, callingAeTitle, "PRELIM")
                        .withTimeouts(Duration.ofSeconds(2), PATIENCE),
                Workload.sopClasses().stream()
                        .map(sopClass -> PresentationContext.of(sopClass, Uid.EXPLICIT_VR_LITTLE_ENDIAN))
                        .toList());
        return new Door() {
            @Override
            public Answer send(Parcel parcel) throws IOException {
                return Answer.ofStatus(client.store(
                                parcel.sopClassUid(),
                                parcel.announcedUid(),
                                Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                                parcel.dataSet())
                        .status());
            }

            @Override
            public void close() {
                try {
                    client.close();
                } catch (IOException e) {
                    client.abort();
                }
            }
        };
    }
}
