package io.prelim.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.store.Location;
import io.prelim.store.LogPosition;
import io.prelim.store.Parts;
import io.prelim.store.SegmentLog;
import io.prelim.store.StoreException;
import io.prelim.store.StoreSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecondCopyTest {
    private static final int OBJECT = 16 << 10;

    @TempDir
    Path folder;

    private final FakeCopyStore store = new FakeCopyStore();
    private final RecordingWatch watch = new RecordingWatch();
    private Duration deadline = Duration.ofSeconds(20);
    private SecondCopy copy;

    @Test
    void whatIsAnsweredIsInTheCopyByteForByte() throws Exception {
        try (SegmentLog log = opened()) {
            for (int i = 0; i < 20; i++) {
                Location location =
                        log.append(Parts.part(Parts.bytes(i, 1000 * i + 1))).get();

                assertThat(inCopy(log, location)).isEqualTo(Parts.bytes(i, 1000 * i + 1));
                assertThat(copy.holds(location)).isTrue();
            }
        }
    }

    @Test
    void nothingIsAnsweredBeforeTheCopyHasIt() throws Exception {
        try (SegmentLog log = opened()) {
            store.putGate = new CountDownLatch(1);

            CompletableFuture<Location> first = log.append(Parts.part(Parts.bytes(1, 100)));
            await().until(() -> store.putsUnderWay.get() == 1);
            CompletableFuture<Location> second = log.append(Parts.part(Parts.bytes(2, 100)));

            await().until(() -> store.putsUnderWay.get() == 2); // one does not wait for the other
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            store.putGate.countDown();
            assertThat(inCopy(log, first.get())).isEqualTo(Parts.bytes(1, 100));
            assertThat(inCopy(log, second.get())).isEqualTo(Parts.bytes(2, 100));
        }
    }

    @Test
    void groupsThatWaitGoIntoOneObject() throws Exception {
        try (SegmentLog log = opened()) {
            store.putGate = new CountDownLatch(1);
            List<CompletableFuture<Location>> appends = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int underWay = i + 1;
                appends.add(log.append(Parts.part(Parts.bytes(i, 100))));
                await().until(() -> store.putsUnderWay.get() == underWay);
            }
            for (int i = 2; i < 8; i++) {
                LogPosition before = log.end();
                appends.add(log.append(Parts.part(Parts.bytes(i, 100))));
                await().until(() -> log.end().compareTo(before) > 0);
            }

            store.putGate.countDown();

            for (int i = 0; i < 8; i++) {
                assertThat(inCopy(log, appends.get(i).get())).isEqualTo(Parts.bytes(i, 100));
            }
            assertThat(store.objects).hasSizeLessThan(6);
        }
    }

    @Test
    void anObjectLongerThanTheCopysObjectsIsSplit() throws Exception {
        try (SegmentLog log = opened()) {
            Location location =
                    log.append(Parts.part(Parts.bytes(1, 5 * OBJECT))).get();

            assertThat(inCopy(log, location)).isEqualTo(Parts.bytes(1, 5 * OBJECT));
            assertThat(store.objects.values()).hasSizeGreaterThan(5).allMatch(object -> object.length <= OBJECT);
        }
    }

    @Test
    void aStoreThatIsAwayMakesAppendsFailInTimeThenAtOnceAndIsTakenUpAgain() throws Exception {
        deadline = Duration.ofMillis(300);
        try (SegmentLog log = opened()) {
            store.away = true;
            long begin = System.nanoTime();

            assertThatThrownBy(() -> log.append(Parts.part(Parts.bytes(1, 100))).get())
                    .cause()
                    .isInstanceOf(StoreException.NotCopied.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(deadline.dividedBy(3), deadline.multipliedBy(10));
            assertThat(log.writable()).isFalse();
            assertThat(log.append(Parts.part(Parts.bytes(1, 100)))).isCompletedExceptionally();
            assertThat(copy.bytesBehind()).isPositive();

            store.away = false;

            await().until(log::writable);
            Location location = log.append(Parts.part(Parts.bytes(2, 100))).get();
            assertThat(inCopy(log, location)).isEqualTo(Parts.bytes(2, 100));
            await().untilAsserted(() -> assertThat(copy.bytesBehind()).isZero());
            assertThat(watch.told).containsSubsequence("opened", "away 503 Away", "back", "caught up");
            log.walk(
                    LogPosition.START,
                    part -> assertThat(copied(log, part.location())).isTrue());
        }
    }

    @Test
    void aStoreThatIsAwayAtTheStartIsReachedForUntilItIsThere() throws Exception {
        store.away = true;
        try (SegmentLog log = open()) {
            await().until(() -> watch.told.contains("away 503 Away"));
            assertThat(log.append(Parts.part(Parts.bytes(1, 100)))).isCompletedExceptionally();
            assertThat(copy.holds(new Location(1, 0, 1))).isFalse();

            store.away = false;

            await().until(log::writable);
            assertThat(inCopy(log, log.append(Parts.part(Parts.bytes(1, 100))).get()))
                    .isEqualTo(Parts.bytes(1, 100));
        }
    }

    @Test
    void aLogFromBeforeThereWasACopyIsCaughtUpAndNotSaidToBeHeldBefore() throws Exception {
        List<Location> old = new ArrayList<>();
        try (SegmentLog log = SegmentLog.open(settings(), Clock.systemUTC())) {
            for (int i = 0; i < 30; i++) {
                old.add(log.append(Parts.part(Parts.bytes(i, 9000))).get());
            }
        }
        store.putGate = new CountDownLatch(1);
        try (SegmentLog log = opened()) {
            assertThat(old).noneMatch(copy::holds);
            assertThat(copy.knows(old.get(29).segment())).isFalse();

            store.putGate.countDown();

            await().untilAsserted(() -> assertThat(old).allMatch(copy::holds));
            assertThat(copy.knows(old.get(29).segment())).isTrue();
            for (int i = 0; i < 30; i++) {
                assertThat(inCopy(log, old.get(i))).isEqualTo(Parts.bytes(i, 9000));
            }
            await().untilAsserted(() -> assertThat(watch.told).contains("caught up"));
        }
    }

    @Test
    void objectsThatAreGoneOrCutShortArePutAgainAtTheNextStart() throws Exception {
        Location gone;
        Location cut;
        try (SegmentLog log = opened()) {
            gone = log.append(Parts.part(Parts.bytes(1, 1000))).get();
            String first = store.objects.firstKey();
            cut = log.append(Parts.part(Parts.bytes(2, 1000))).get();
            store.objects.remove(first);
            store.objects.put(store.objects.lastKey(), new byte[3]);
        }
        try (SegmentLog log = opened()) {
            await().untilAsserted(() -> assertThat(List.of(gone, cut)).allMatch(copy::holds));

            assertThat(inCopy(log, gone)).isEqualTo(Parts.bytes(1, 1000));
            assertThat(inCopy(log, cut)).isEqualTo(Parts.bytes(2, 1000));
        }
    }

    @Test
    void noPlaceThatTheCopyKnowsIsWrittenAgain() throws Exception {
        UUID id;
        Location before;
        try (SegmentLog log = opened()) {
            before = log.append(Parts.part(Parts.bytes(1, 100))).get();
            id = log.id().orElseThrow();
        }
        // the volume came back from an earlier state: the copy has later segments
        store.objects.put(new CopyKeys(id).of(new Range(before.segment() + 4, 0, 8)), new byte[8]);
        try (SegmentLog log = opened()) {
            Location after = log.append(Parts.part(Parts.bytes(2, 100))).get();

            assertThat(after.segment()).isEqualTo(before.segment() + 5);
            assertThat(log.id()).contains(id);
        }
    }

    @Test
    void startsThatWriteNothingUseUpNoSegments() throws Exception {
        try (SegmentLog log = opened()) {
            log.append(Parts.part(Parts.bytes(1, 100))).get();
        }
        for (int i = 0; i < 3; i++) {
            try (SegmentLog log = opened()) {
                assertThat(log.segments()).hasSize(2);
                assertThat(log.end().offset()).isZero();
            }
        }
    }

    @Test
    void bytesBehindASegmentsEndAreKeptAndTold() throws Exception {
        UUID id;
        Location last;
        try (SegmentLog log = opened()) {
            last = log.append(Parts.part(Parts.bytes(1, 100))).get();
            id = log.id().orElseThrow();
        }
        String beyond = new CopyKeys(id).of(new Range(last.segment(), 4096, 4104));
        store.objects.put(beyond, new byte[8]);
        try (SegmentLog log = opened()) {
            await().until(() -> copy.knows(last.segment()));

            assertThat(copy.isLonger(last.segment())).isTrue();
            assertThat(copy.holds(last)).isTrue();
            assertThat(store.objects).containsKey(beyond);
        }
    }

    @Test
    void aDroppedSegmentGoesFromTheCopyWhateverComesBetween() throws Exception {
        Location location;
        try (SegmentLog log = opened()) {
            location = log.append(Parts.part(Parts.bytes(1, 100))).get();
            log.seal().get();
            store.away = true;

            log.drop(location.segment());

            assertThat(log.dropped()).containsExactly(location.segment());
            assertThat(copy.deletionsWaiting()).isEqualTo(1);
            assertThat(store.objects).isNotEmpty();
        }
        store.away = false;
        store.keepsEverything = true; // a store that says it has deleted, and has not
        try (SegmentLog log = opened()) {
            await().until(() -> copy.deletionsWaiting() == 1);
            assertThat(log.dropped()).containsExactly(location.segment());

            store.keepsEverything = false;

            await().until(() -> log.dropped().isEmpty());
            assertThat(store.objects).isEmpty();
            assertThat(watch.told).contains("deleted " + location.segment());
        }
    }

    @Test
    void aDropThatACrashCutInTwoIsFinishedAtTheNextStart() throws Exception {
        Location location;
        try (SegmentLog log = opened()) {
            location = log.append(Parts.part(Parts.bytes(1, 100))).get();
            log.seal().get();
        }
        Files.createFile(folder.resolve(String.format("%016d.dropped", location.segment())));

        try (SegmentLog log = opened()) {
            assertThat(log.holds(location)).isFalse();
            await().until(() -> log.dropped().isEmpty());
            assertThat(store.objects).isEmpty();
        }
    }

    @Test
    void aLogThatIsClosedHasAnsweredAll() throws Exception {
        CompletableFuture<Location> append;
        try (SegmentLog log = opened()) {
            append = log.append(Parts.part(Parts.bytes(1, 100)));
        }
        assertThat(append).isCompleted();
    }

    @Test
    void aNewLogBesideCopiesOfOthersIsTold() throws Exception {
        store.objects.put(new CopyKeys(new UUID(1, 1)).of(new Range(1, 0, 1)), new byte[1]);

        try (SegmentLog log = opened()) {
            assertThat(watch.told).contains("beside [" + new UUID(1, 1) + "]");
            assertThat(log.id()).isPresent().isNotEqualTo(java.util.Optional.of(new UUID(1, 1)));
        }
    }

    private StoreSettings settings() {
        return StoreSettings.of(folder).withSegmentBytes(64 << 10).withMinFreeBytes(1000);
    }

    private SegmentLog open() throws IOException {
        copy = new SecondCopy(store, new CopySettings(OBJECT, 2, deadline, Duration.ofMillis(50)), watch);
        return SegmentLog.open(settings(), Clock.systemUTC(), copy);
    }

    private SegmentLog opened() throws IOException {
        SegmentLog log = open();
        await().until(log::writable);
        return log;
    }

    private byte[] inCopy(SegmentLog log, Location location) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) location.length());
        int found = 0;
        CopyKeys keys = new CopyKeys(log.id().orElseThrow());
        for (Range range : keys.ranges(store, location.segment())) {
            byte[] object = store.objects.get(keys.of(range));
            for (long at = Math.max(range.from(), location.offset());
                    at < Math.min(range.to(), location.offset() + location.length());
                    at++) {
                bytes.put((int) (at - location.offset()), object[(int) (at - range.from())]);
                found++;
            }
        }
        assertThat(found).isGreaterThanOrEqualTo((int) location.length());
        return bytes.array();
    }

    private boolean copied(SegmentLog log, Location location) throws IOException {
        return java.util.Arrays.equals(inCopy(log, location), Parts.read(log, location));
    }
}
