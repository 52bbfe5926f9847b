package io.prelim.ingest.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.testkit.peers.QueryArchive;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** DCMTK's {@code dcmqrscp} as the archive that is asked for its count. */
@Tag("full")
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(120)
class ArchiveCountPeerIT {
    @TempDir
    Path folder;

    @Inject
    DicomListener listener;

    @Inject
    DataSource database;

    @Inject
    TestIndex index;

    private final Waiting study = new Waiting();

    private void send(List<TestObject> images) throws IOException {
        try (Sender sender = Sender.connect(listener.port(), ServiceUnderTest.COUNTED, "PRELIM")) {
            Waiting.send(sender, images);
        }
    }

    private void archive(int port) throws IOException {
        try (DicomClient client = DicomClient.connect(
                ClientSettings.of("127.0.0.1", port, "PRELIM", QueryArchive.AE_TITLE),
                List.of(PresentationContext.of(
                        Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION, Uid.EXPLICIT_VR_LITTLE_ENDIAN)))) {
            for (TestObject image : study.images) {
                assertThat(client.store(
                                        image.sopClass(),
                                        image.sopInstance(),
                                        Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                                        image.bytes())
                                .status())
                        .isZero();
            }
        }
    }

    @Test
    void whatTheArchiveHasMoreIsWaitedForAndItsCountEndsTheQuietPeriod() throws IOException {
        try (QueryArchive archive = QueryArchive.start(folder, "PRELIM", listener.port())) {
            ServiceUnderTest.archive().redirect(archive.port());
            archive(archive.port());
            send(study.images.subList(0, 2));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(index.stages(study.study))
                                    .as(archive.output())
                                    .contains(
                                            "RECEIVING the archive has 3 instances, 2 are here: the study waits for the others"));
            study.waits(database, 0);

            send(study.images.subList(2, 3));

            assertThat(index.awaitReceived(study.study, 1).instances()).isEqualTo(3);
            assertThat(index.stages(study.study))
                    .contains("RECEIVING quiet period ended early: all 3 instances that the archive has are here");
        } finally {
            ServiceUnderTest.archive().redirect(ServiceUnderTest.NOWHERE);
        }
    }
}
