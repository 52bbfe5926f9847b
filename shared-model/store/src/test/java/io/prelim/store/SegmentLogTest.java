package io.prelim.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SegmentLogTest {
    @TempDir
    Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private StoreSettings settings;

    @BeforeEach
    void smallSegments() {
        settings = StoreSettings.of(folder).withSegmentBytes(64 << 10).withMinFreeBytes(1000);
    }

    @Test
    void givesBackWhatWasAppended() throws Exception {
        byte[] bytes = Parts.bytes(1, 10_000);
        try (SegmentLog log = open()) {
            Location location = log.append(Parts.part(bytes)).get();

            assertThat(Parts.read(log, location)).isEqualTo(bytes);
        }
    }

    @Test
    void readsByRange() throws Exception {
        byte[] bytes = Parts.bytes(1, 10_000);
        try (SegmentLog log = open()) {
            Location location = log.append(Parts.part(bytes)).get();

            try (InputStream in = log.read(location, 100, 200)) {
                assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, 100, 200));
            }
            assertThatThrownBy(() -> log.read(location, 0, 10_001)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void takesContentFromMemoryAndFile() throws Exception {
        byte[] bytes = Parts.bytes(2, 300_000);
        Path file = Files.write(folder.resolveSibling(folder.getFileName() + ".spool"), bytes);
        try (SegmentLog log = open();
                FileChannel spool = FileChannel.open(file, StandardOpenOption.READ)) {
            Content content = Content.concat(
                    Content.of(spool, 50, 200_000), Content.of(java.nio.ByteBuffer.wrap(bytes, 5, 1000)));
            NewPart part = new NewPart(
                    new java.util.UUID(3, 3), new java.util.UUID(1, 2), 1, "", "", Sha256.of(content), content);

            Location location = log.append(part).get();

            byte[] read = Parts.read(log, location);
            assertThat(read).hasSize(201_000).startsWith(java.util.Arrays.copyOfRange(bytes, 50, 1000));
            assertThat(Sha256.of(Content.of(read))).isEqualTo(part.digest());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void goesOnInNewSegmentsAndFindsAllAfterReopening() throws Exception {
        Map<Location, byte[]> stored = new java.util.LinkedHashMap<>();
        try (SegmentLog log = open()) {
            for (int i = 0; i < 40; i++) {
                byte[] bytes = Parts.bytes(i, i == 20 ? 200_000 : 9_000);
                stored.put(log.append(Parts.part(bytes)).get(), bytes);
            }
        }
        assertThat(stored.keySet().stream().map(Location::segment).distinct()).hasSizeGreaterThan(5);
        try (SegmentLog log = open()) {
            byte[] more = Parts.bytes(99, 500);
            stored.put(log.append(Parts.part(more)).get(), more);

            for (Map.Entry<Location, byte[]> part : stored.entrySet()) {
                assertThat(Parts.read(log, part.getKey())).isEqualTo(part.getValue());
            }
            List<StoredPart> found = new ArrayList<>();
            log.forEachPart(found::add);
            assertThat(found).extracting(StoredPart::location).containsExactlyElementsOf(stored.keySet());
            assertThat(found).allMatch(part -> part.annotation().equals("ts=1.2.840.10008.1.2"));
        }
    }

    @Test
    void syncsOnceForAppendsThatComeTogether() throws Exception {
        try (SegmentLog log = open()) {
            log.append(Parts.part(Parts.bytes(0, 10))).get();
            disk.syncGate = new CountDownLatch(1);
            int before = disk.syncs.get();
            List<CompletableFuture<Location>> answers = new ArrayList<>();
            answers.add(log.append(Parts.part(Parts.bytes(1, 100))));
            Awaitility.await().until(() -> disk.syncs.get() == before + 1);
            for (int i = 0; i < 50; i++) {
                answers.add(log.append(Parts.part(Parts.bytes(i, 100))));
            }
            assertThat(answers).noneMatch(CompletableFuture::isDone);

            disk.syncGate.countDown();

            for (CompletableFuture<Location> answer : answers) {
                answer.get();
            }
            assertThat(disk.syncs.get()).isEqualTo(before + 2);
        }
    }

    @Test
    void servesManyAppendersAtOnce() throws Exception {
        Map<Location, Integer> stored = new ConcurrentHashMap<>();
        try (SegmentLog log = open()) {
            List<Thread> appenders = new ArrayList<>();
            List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int t = 0; t < 8; t++) {
                int first = t * 100;
                Thread appender = new Thread(() -> {
                    try {
                        for (int i = first; i < first + 100; i++) {
                            stored.put(
                                    log.append(Parts.part(Parts.bytes(i, 1 + i * 7)))
                                            .get(),
                                    i);
                        }
                    } catch (Exception e) {
                        failures.add(e);
                    }
                });
                appender.start();
                appenders.add(appender);
            }
            for (Thread appender : appenders) {
                appender.join();
            }

            assertThat(failures).isEmpty();
            assertThat(stored).hasSize(800);
            for (Map.Entry<Location, Integer> part : stored.entrySet()) {
                int seed = part.getValue();
                assertThat(Parts.read(log, part.getKey())).isEqualTo(Parts.bytes(seed, 1 + seed * 7));
            }
        }
        assertThat(disk.syncs.get()).isLessThan(800);
    }

    @Test
    void aTornTailIsLeftAsItIsAndAppendingGoesOnBehindIt() throws Exception {
        byte[] whole = Parts.bytes(1, 5_000);
        Location first;
        Location torn;
        try (SegmentLog log = open()) {
            first = log.append(Parts.part(whole)).get();
            torn = log.append(Parts.part(Parts.bytes(2, 5_000))).get();
        }
        overwrite(torn.offset() + 2_000, new byte[3_000]);
        try (SegmentLog log = open()) {
            byte[] later = Parts.bytes(3, 100);
            Location next = log.append(Parts.part(later)).get();

            assertThat(next.segment()).isEqualTo(2);
            assertThat(Parts.read(log, first)).isEqualTo(whole);
            assertThat(Parts.read(log, next)).isEqualTo(later);
            List<StoredPart> found = new ArrayList<>();
            log.forEachPart(found::add);
            assertThat(found).extracting(StoredPart::location).containsExactly(first, next);
        }
    }

    @Test
    void aRecordWithoutAnyOfItsBytesIsACleanEnd() throws Exception {
        Location first;
        Location lost;
        try (SegmentLog log = open()) {
            first = log.append(Parts.part(Parts.bytes(1, 5_000))).get();
            lost = log.append(Parts.part(Parts.bytes(2, 5_000))).get();
        }
        long start = first.offset() + 5_000;
        overwrite(start, new byte[(int) (lost.offset() + 5_000 - start)]);
        try (SegmentLog log = open()) {
            Location next = log.append(Parts.part(Parts.bytes(2, 5_000))).get();

            assertThat(next).isEqualTo(lost);
        }
    }

    @Test
    void refusesBelowTheWatermarkAndRecovers() throws Exception {
        try (SegmentLog log = open()) {
            log.append(Parts.part(Parts.bytes(1, 10))).get();
            disk.usableBytes = 1_500;
            Awaitility.await().until(() -> log.freeBytes() == 1_500);

            assertThat(log.writable()).isTrue();
            assertThatThrownBy(() -> log.append(Parts.part(Parts.bytes(2, 501))).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StoreException.StorageFull.class);

            disk.usableBytes = Long.MAX_VALUE;
            Awaitility.await().until(() -> log.freeBytes() > 1_500);
            log.append(Parts.part(Parts.bytes(2, 501))).get();
        }
    }

    @Test
    void aFailedSyncSealsTheSegmentAndAnswersNothingAsStored() throws Exception {
        try (SegmentLog log = open()) {
            Location before = log.append(Parts.part(Parts.bytes(1, 10))).get();
            disk.syncFails = true;
            assertThatThrownBy(() -> log.append(Parts.part(Parts.bytes(2, 10))).get())
                    .hasCauseInstanceOf(StoreException.WriteFailed.class);
            disk.syncFails = false;

            Location after = log.append(Parts.part(Parts.bytes(3, 10))).get();

            assertThat(after.segment()).isEqualTo(before.segment() + 1);
            assertThat(names()).contains("0000000000000001.sealed", "0000000000000002.active");
            assertThat(Parts.read(log, before)).isEqualTo(Parts.bytes(1, 10));
        }
    }

    @Test
    void aContentThatFailsHarmsNoOther() throws Exception {
        try (SegmentLog log = open()) {
            NewPart whole = Parts.part(Parts.bytes(1, 10));
            Content broken = Content.of(
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.READ), 0, 100); // an empty file
            NewPart failing =
                    new NewPart(new java.util.UUID(3, 3), whole.studyKey(), 1, "", "", whole.digest(), broken);

            assertThatThrownBy(() -> log.append(failing).get()).hasCauseInstanceOf(StoreException.WriteFailed.class);

            Location location = log.append(whole).get();
            assertThat(Parts.read(log, location)).isEqualTo(Parts.bytes(1, 10));
        }
    }

    @Test
    void aFullQueueAnswersBusy() throws Exception {
        settings = settings.withQueue(2, Duration.ofMillis(20));
        try (SegmentLog log = open()) {
            disk.syncGate = new CountDownLatch(1);
            try {
                int before = disk.syncs.get();
                log.append(Parts.part(Parts.bytes(0, 10)));
                Awaitility.await().until(() -> disk.syncs.get() > before);
                // the writer stands in its sync: two wait in the queue, and there is no room for a third
                log.append(Parts.part(Parts.bytes(1, 10)));
                log.append(Parts.part(Parts.bytes(2, 10)));
                CompletableFuture<Location> tooMany = log.append(Parts.part(Parts.bytes(3, 10)));

                assertThatThrownBy(() -> tooMany.get(5, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(StoreException.Busy.class);
            } finally {
                disk.syncGate.countDown();
            }
        }
    }

    @Test
    void aReadersInterruptHarmsNoOther() throws Exception {
        byte[] bytes = Parts.bytes(1, 10_000);
        try (SegmentLog log = open()) {
            Location location = log.append(Parts.part(bytes)).get();
            Thread.currentThread().interrupt();

            byte[] read = Parts.read(log, location);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(read).isEqualTo(bytes);
            assertThat(log.append(Parts.part(bytes)).get()).isNotNull();
        }
    }

    @Test
    void aFolderBelongsToOneLog() throws Exception {
        try (SegmentLog log = open()) {
            assertThat(log.writable()).isTrue();
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("open already");
        }
    }

    @Test
    void afterCloseNothingIsTaken() throws Exception {
        SegmentLog log = open();
        CompletableFuture<Location> last = log.append(Parts.part(Parts.bytes(1, 10)));
        log.close();

        assertThat(last.get()).isNotNull();
        assertThatThrownBy(() -> log.append(Parts.part(Parts.bytes(1, 10))).get())
                .hasCauseInstanceOf(StoreException.Closed.class);
    }

    private SegmentLog open() throws IOException {
        return SegmentLog.open(settings, Clock.systemUTC(), disk);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void overwrite(long at, byte[] bytes) throws IOException {
        try (FileChannel segment =
                FileChannel.open(folder.resolve("0000000000000001.active"), StandardOpenOption.WRITE)) {
            segment.write(java.nio.ByteBuffer.wrap(bytes), at);
        }
    }
}
