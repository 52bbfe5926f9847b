package io.prelim.ingest.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.dimse.StorageCommitment;
import io.prelim.dicom.net.dimse.StorageCommitment.Failure;
import io.prelim.dicom.net.dimse.StorageCommitment.Instance;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.events.Ids;
import io.prelim.ingest.Sender;
import io.prelim.ingest.TcpProxy;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.commitment.Requester;
import io.prelim.ingest.fixture.IngestProcess;
import io.prelim.ingest.fixture.IngestProcess.Surroundings;
import io.prelim.ingest.fixture.Rows;
import io.prelim.testkit.peers.S3rver;
import io.prelim.testkit.port.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service in a process of its own, beside a real server that speaks S3. */
@Tag("full")
@Timeout(120)
class SecondCopyIT {
    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String REQUESTER = "REQUESTER";
    private static final String DIGESTS = """
            select sop_instance_uid || ' ' || header_digest || ' ' || coalesce(pixels_digest, '')
            from instances order by sop_instance_uid
            """;

    @TempDir
    Path folder;

    private final Surroundings surroundings = Surroundings.fresh();
    private S3rver server;
    private CopiedObjects copied;
    private Path accessKey;
    private int requesterPort;

    @BeforeEach
    void server() throws IOException {
        server = S3rver.start(folder.resolve("s3"));
        copied = new CopiedObjects(server.bucket());
        accessKey = Files.writeString(folder.resolve("access-key"), S3rver.KEY + "\n");
        Files.writeString(folder.resolve("secret-key"), S3rver.KEY + "\n");
        requesterPort = FreePort.next();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void whatIsAcknowledgedIsInTheCopyByteForByteAndIsCommitted() throws Exception {
        try (IngestProcess ingest = start(Map.of())) {
            List<TestObject> objects = send(ingest, 6);

            assertThat(copied.parts(surroundings.database()))
                    .hasSizeGreaterThanOrEqualTo(12)
                    .containsOnly(true);
            assertThat(commitment(ingest, objects.get(0)).committed()).containsExactly(instance(objects.get(0)));
            assertThat(ingest.get("/q/metrics").body())
                    .containsPattern("prelim_store_copy_put_seconds_count [1-9]")
                    .contains("prelim_store_copy_taking 1.0");
        }
    }

    @Test
    void aServerThatIsAwayIsAnsweredWithRefusalInTimeAndTakenUpAgainByItself() throws Exception {
        try (IngestProcess ingest = start(Map.of());
                Sender sender = Sender.connect(ingest.dicomPort())) {
            assertThat(sender.send(radiograph()).status()).isZero();
            server.stop();
            TestObject refused = radiograph();
            long begin = System.nanoTime();

            StoreResponse first = sender.send(refused);

            assertThat(first.status()).isEqualTo(0xA700);
            assertThat(first.errorComment()).isEqualTo("second copy not available");
            assertThat(since(begin)).isLessThan(DEADLINE.plusSeconds(1));
            begin = System.nanoTime();
            var stow = ingest.store(refused.file());
            assertThat(stow.statusCode()).isEqualTo(503);
            assertThat(stow.headers().firstValue("Retry-After")).isPresent();
            assertThat(since(begin)).isLessThan(Duration.ofSeconds(1));
            assertThat(ingest.ready()).isFalse();
            assertThat(Rows.of(surroundings.database(), DIGESTS)).hasSize(1);

            server.start();

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(sender.send(refused).status()).isZero());
            assertThat(ingest.ready()).isTrue();
            assertThat(copied.parts(surroundings.database())).containsOnly(true);
            assertThat(ingest.output()).contains("INGEST-3202 ").contains("INGEST-3203 ");
        }
    }

    @Test
    void aServerThatStallsIsAnsweredWithRefusalInTime() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                IngestProcess ingest = start(Map.of("prelim.store.copy.endpoint", "http://127.0.0.1:" + proxy.port()));
                Sender sender = Sender.connect(ingest.dicomPort())) {
            assertThat(sender.send(radiograph()).status()).isZero();
            proxy.hold();
            TestObject refused = radiograph();
            long begin = System.nanoTime();

            assertThat(sender.send(refused).status()).isEqualTo(0xA700);

            assertThat(since(begin)).isLessThan(DEADLINE.plusSeconds(1));
            proxy.release();
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(sender.send(refused).status()).isZero());
            assertThat(copied.parts(surroundings.database())).containsOnly(true);
        }
    }

    @Test
    void aLostVolumeAndDatabaseComeBackFromTheCopy() throws Exception {
        List<TestObject> objects;
        String id;
        try (IngestProcess ingest = start(Map.of())) {
            objects = send(ingest, 8);
            id = Files.readString(segments("store").resolve("id"));
            ingest.kill();
        }
        List<String> acknowledged = Rows.of(surroundings.database(), DIGESTS);
        assertThat(acknowledged).hasSize(8);
        Surroundings empty = Surroundings.fresh();

        try (IngestProcess ingest = start(
                empty,
                Map.of("prelim.store.directory", folder.resolve("new").toString(), "prelim.store.copy.restore", id))) {
            assertThat(Rows.of(empty.database(), DIGESTS)).isEqualTo(acknowledged);
            assertThat(ingest.output()).contains("INGEST-3208 ").doesNotContain("INGEST-3209 ");
            for (TestObject object : objects) {
                await().untilAsserted(() -> assertThat(Rows.of(
                                empty.database(),
                                "select revision from studies where study_instance_uid = ?",
                                object.study()))
                        .containsExactly("1"));
            }
            send(ingest, 1);
            await().untilAsserted(
                            () -> assertThat(copied.parts(empty.database())).containsOnly(true));
            assertThat(Files.readString(segments("new").resolve("id"))).isEqualTo(id);
        }
    }

    @Test
    void objectsAlteredInTheCopyAreNamedAndTheOthersComeBack() throws Exception {
        List<TestObject> objects;
        String id;
        try (IngestProcess ingest = start(Map.of())) {
            objects = send(ingest, 5);
            id = Files.readString(segments("store").resolve("id"));
            ingest.kill();
        }
        TestObject altered = objects.get(2);
        copied.alter(altered.pixels());
        Surroundings empty = Surroundings.fresh();

        try (IngestProcess ingest = start(
                empty,
                Map.of("prelim.store.directory", folder.resolve("new").toString(), "prelim.store.copy.restore", id))) {
            assertThat(ingest.output()).containsPattern("INGEST-3209 .*sopInstanceUid=" + altered.sopInstance());
            assertThat(Rows.of(empty.database(), "select sop_instance_uid from instances"))
                    .containsExactlyInAnyOrderElementsOf(objects.stream()
                            .filter(object -> object != altered)
                            .map(TestObject::sopInstance)
                            .toList());
        }
    }

    @Test
    void wrongCredentialsAndAMissingBucketAreToldAndMendedWithoutARestart() throws Exception {
        Files.writeString(accessKey, "NOBODY");
        try (IngestProcess ingest = start(Map.of());
                Sender sender = Sender.connect(ingest.dicomPort())) {
            await().until(() -> ingest.output().contains("reason=403 InvalidAccessKeyId"));
            assertThat(sender.send(radiograph()).status()).isEqualTo(0xA700);
            assertThat(ingest.ready()).isFalse();

            Files.writeString(accessKey, S3rver.KEY);

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(sender.send(radiograph()).status()).isZero());
            assertThat(ingest.output()).doesNotContain("NOBODY").doesNotContain(S3rver.KEY);
        }
        try (IngestProcess ingest = start(Map.of("prelim.store.copy.bucket", "nowhere"));
                Sender sender = Sender.connect(ingest.dicomPort())) {
            await().until(() -> ingest.output().contains("reason=404 NoSuchBucket"));
            assertThat(sender.send(radiograph()).status()).isEqualTo(0xA700);
        }
    }

    @Test
    void whatWasStoredBeforeThereWasACopyIsCommittedToWhenItIsCaughtUp() throws Exception {
        TestObject old;
        try (IngestProcess ingest = IngestProcess.start(folder, surroundings, "320m", withoutCopy())) {
            old = send(ingest, 1).get(0);
            assertThat(commitment(ingest, old).committed()).containsExactly(instance(old));
        }
        server.stop();
        try (IngestProcess ingest = start(Map.of())) {
            assertThat(commitment(ingest, old).failed())
                    .containsExactly(new Failure(instance(old), StorageCommitment.PROCESSING_FAILURE));

            server.start();

            await().until(() -> ingest.output().contains("INGEST-3205 "));
            assertThat(commitment(ingest, old).committed()).containsExactly(instance(old));
            assertThat(copied.parts(surroundings.database())).containsOnly(true);
        }
    }

    @Test
    void anErasedStudyGoesFromTheCopyTooAndIsNotSaidToBeGoneBefore() throws Exception {
        try (IngestProcess ingest = start(Map.of())) {
            List<TestObject> objects = send(ingest, 3);
            TestObject erased = objects.get(1);
            String study = "/api/studies/" + Ids.study("default", erased.study());
            assertThat(copied.hold(erased.pixels())).isTrue();
            server.stop();

            assertThat(ingest.delete(study).statusCode()).isEqualTo(202);

            // longer than it takes where the server is there
            await().during(SOON)
                    .atMost(SOON.multipliedBy(3))
                    .until(() -> !ingest.delete(study).body().contains("removedAt"));
            server.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> ingest.delete(study).body().contains("removedAt"));
            assertThat(copied.hold(erased.pixels())).isFalse();
            assertThat(copied.hold(objects.get(0).pixels())).isTrue();
            assertThat(copied.parts(surroundings.database()))
                    .hasSizeGreaterThanOrEqualTo(4)
                    .containsOnly(true);
        }
    }

    private IngestProcess start(Map<String, String> config) throws IOException {
        return start(surroundings, config);
    }

    private IngestProcess start(Surroundings around, Map<String, String> config) throws IOException {
        Map<String, String> all = new TreeMap<>(withoutCopy());
        all.put("prelim.store.copy.bucket", S3rver.BUCKET);
        all.put("prelim.store.copy.endpoint", "http://127.0.0.1:" + server.port());
        all.put("prelim.store.copy.access-key-file", accessKey.toString());
        all.put(
                "prelim.store.copy.secret-key-file",
                folder.resolve("secret-key").toString());
        all.put("prelim.store.copy.deadline", DEADLINE.toSeconds() + "S");
        all.put("prelim.store.copy.attempt-timeout", "2S");
        all.put("prelim.store.copy.retry-every", "0.2S");
        all.putAll(config);
        return IngestProcess.start(folder, around, "320m", all);
    }

    private Map<String, String> withoutCopy() {
        Map<String, String> config = new TreeMap<>();
        config.put("prelim.store.directory", folder.resolve("store").toString());
        config.put("prelim.store.segment-size", "1M");
        config.put("prelim.store.spare-segments", "0");
        config.put("prelim.store.min-free", "16M");
        config.put("prelim.assembly.quiet-period", "0.5S");
        config.put("prelim.retention.erase-every", "0.2s");
        config.put("prelim.commitment.await-instances", "1S");
        config.put("prelim.commitment.check-every", "0.2s");
        config.put("prelim.dicom.remotes.requester.ae-title", REQUESTER);
        config.put("prelim.dicom.remotes.requester.host", "127.0.0.1");
        config.put("prelim.dicom.remotes.requester.port", Integer.toString(requesterPort));
        return config;
    }

    private Path segments(String store) {
        return folder.resolve(store).resolve("segments");
    }

    private StorageCommitment.Result commitment(IngestProcess ingest, TestObject object) throws IOException {
        String transaction = Uid.random();
        try (Requester requester = Requester.listening(requesterPort, Status.SUCCESS)) {
            assertThat(Requester.ask(
                                    ingest.dicomPort(),
                                    REQUESTER,
                                    StorageCommitment.REQUEST,
                                    new StorageCommitment.Request(transaction, List.of(instance(object))).dataSet())
                            .status())
                    .isZero();
            await().until(() -> !requester.reports(transaction).isEmpty());
            return requester.reports(transaction).get(0).result();
        }
    }

    private static Instance instance(TestObject object) {
        return new Instance(object.sopClass(), object.sopInstance());
    }

    private static List<TestObject> send(IngestProcess ingest, int count) throws IOException {
        List<TestObject> objects = new ArrayList<>();
        try (Sender sender = Sender.connect(ingest.dicomPort())) {
            for (int i = 0; i < count; i++) {
                TestObject object = radiograph();
                assertThat(sender.send(object).status()).isZero();
                objects.add(object);
            }
        }
        return objects;
    }

    /** With pixels of its own. */
    private static TestObject radiograph() {
        return TestObject.radiograph().withPixels(new Random().nextInt(), 20_000);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
