package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.ingest.Sender;
import io.prelim.ingest.SmallVolume;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.store.SegmentLog;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real volume that fills up under the service, and has room again. */
@QuarkusTest
@WithTestResource(SmallVolume.class)
@Timeout(60)
class StorageFullIT {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int PIXELS = 400_000;

    @Inject
    DicomListener listener;

    @Inject
    TestIndex index;

    @Inject
    SegmentLog log;

    private Path filler;

    @BeforeEach
    void volume() {
        assumeTrue(SmallVolume.mounted() != null, "this machine lets tests mount no tmpfs: run them as root");
        filler = SmallVolume.mounted().resolve("filler");
    }

    @AfterEach
    void empty() throws IOException {
        if (filler != null) {
            Files.deleteIfExists(filler);
        }
    }

    @Test
    void belowTheWatermarkSendersAreRefusedAtOnceAndTakenAgainWhenThereIsRoom() throws Exception {
        TestObject before = object();
        TestObject refused = object();
        try (Sender sender = Sender.connect(listener.port())) {
            assertThat(sender.send(before)).isEqualTo(StoreResponse.SUCCESS);
            fill(3 << 20);

            await().atMost(SOON).untilAsserted(() -> {
                StoreResponse answer = sender.send(object());
                assertThat(answer.status()).isEqualTo(0xA700);
                assertThat(answer.errorComment()).isEqualTo("storage full");
            });
            assertThat(sender.send(refused).status()).isEqualTo(0xA700);
            assertThat(stow(refused).statusCode()).isEqualTo(503);
            RestAssured.get("/q/health/ready").then().statusCode(503);

            Files.delete(filler);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(sender.send(refused)).isEqualTo(StoreResponse.SUCCESS));
            RestAssured.get("/q/health/ready").then().statusCode(200);
        }
        assertThat(index.original(before.sopInstance())).isEqualTo(before.bytes());
        assertThat(index.original(refused.sopInstance())).isEqualTo(refused.bytes());
    }

    @Test
    void aVolumeThatFillsUpUnderSendersLosesNothingItSaidWasStored() throws Exception {
        int stored = 0;
        TestObject last = null;
        try (Sender sender = Sender.connect(listener.port())) {
            StoreResponse answer = StoreResponse.SUCCESS;
            while (answer.equals(StoreResponse.SUCCESS)) {
                TestObject next = object();
                answer = sender.send(next);
                if (answer.equals(StoreResponse.SUCCESS)) {
                    last = next;
                    stored++;
                }
                assertThat(stored).isLessThan((SmallVolume.MIB << 20) / PIXELS);
            }
            assertThat(answer.status()).isEqualTo(0xA700);
        }
        assertThat(stored).isPositive();
        assertThat(index.original(last.sopInstance())).isEqualTo(last.bytes());
        assertThat(log.freeBytes()).isGreaterThan(0);
    }

    private static TestObject object() {
        return TestObject.radiograph().withPixels(new java.util.Random().nextInt(), PIXELS);
    }

    /** Until so many bytes are free. */
    private void fill(long free) throws IOException {
        byte[] piece = new byte[64 << 10];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(SmallVolume.mounted()).getUsableSpace() > free) {
                out.write(piece);
            }
        }
    }

    private static Response stow(TestObject object) {
        return RestAssured.given()
                .contentType("application/dicom")
                .body(object.file())
                .post("/dicom-web/studies");
    }
}
