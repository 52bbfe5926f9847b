package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.events.Ids;
import io.prelim.events.Topics;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestIndex;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Kafka;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A patient of unmistakable identity goes every way there is; it shows where it may, and nowhere else. */
@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class CanaryIT {
    private static final List<String> IDENTITY =
            List.of("Canaryname", "CANARY-ID-4711", "19310203", "CANARY-ACC-4712", "Canarydescription");

    @Inject
    DicomListener listener;

    @Inject
    TestIndex index;

    @Test
    void identityStaysWhereItBelongs() throws Exception {
        TestObject object = TestObject.radiograph()
                .with(Tag.PATIENT_NAME, "Canaryname^Test")
                .with(Tag.PATIENT_ID, "CANARY-ID-4711")
                .with(Tag.PATIENT_BIRTH_DATE, "19310203")
                .with(Tag.ACCESSION_NUMBER, "CANARY-ACC-4712")
                .with(Tag.STUDY_DESCRIPTION, "Canarydescription");
        String key = Ids.study("default", object.study()).toString();
        try (Sender sender = Sender.connect(listener.port());
                Kafka kafka = Kafka.ofService()) {
            assertThat(sender.send(object).status()).isZero();
            // the ways that go wrong: another identity, other pixels, a cut object, another command
            assertThat(sender.send(object.with(Tag.PATIENT_NAME, "Canaryname^Married"))
                            .status())
                    .isZero();
            assertThat(sender.send(object.withPixels(9, 4096)).errorComment()).doesNotContain(IDENTITY);
            byte[] bytes = object.bytes();
            assertThat(sender.send(object, java.util.Arrays.copyOf(bytes, bytes.length - 1000))
                            .errorComment())
                    .doesNotContain(IDENTITY);
            assertThat(sender.send(TestObject.radiograph(), bytes).errorComment())
                    .doesNotContain(IDENTITY);

            await().until(() -> !kafka.records(Topics.STUDY_RECEIVED, key).isEmpty()
                    && !kafka.records(Topics.PATIENT_CONTEXT, key).isEmpty());

            ConsumerRecord<String, byte[]> received =
                    kafka.records(Topics.STUDY_RECEIVED, key).get(0);
            assertThat(text(received.value())).contains(object.study()).doesNotContain(IDENTITY);
            ConsumerRecord<String, byte[]> context =
                    kafka.records(Topics.PATIENT_CONTEXT, key).get(0);
            assertThat(text(context.value())).contains("Canaryname^Test", "CANARY-ID-4711", "CANARY-ACC-4712");
            for (ConsumerRecord<String, byte[]> each : List.of(received, context)) {
                assertThat(each.key()).isEqualTo(key);
                each.headers()
                        .forEach(header -> assertThat(text(header.value())).doesNotContain(IDENTITY));
            }
        }
        byte[] manifest =
                index.part(index.awaitReceived(object.study(), 1).manifest().partId());
        assertThat(text(manifest)).contains(object.sopInstance()).doesNotContain(IDENTITY);
        for (String path :
                List.of("/api/studies?studyInstanceUid=" + object.study(), "/api/studies/" + key, "/q/metrics")) {
            assertThat(RestAssured.get(path).asString()).doesNotContain(IDENTITY);
        }
        assertThat(Files.readString(ServiceUnderTest.LOG))
                .contains(object.sopInstance())
                .doesNotContain(IDENTITY);
        try (Stream<Path> files = Files.walk(Path.of(Kafka.config("prelim.store.directory")))) {
            assertThat(files.map(Path::toString))
                    .noneMatch(path -> IDENTITY.stream().anyMatch(path::contains));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
