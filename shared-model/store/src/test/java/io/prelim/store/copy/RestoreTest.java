package io.prelim.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prelim.store.Location;
import io.prelim.store.NewPart;
import io.prelim.store.Parts;
import io.prelim.store.RestoredSegments.Restored;
import io.prelim.store.SegmentLog;
import io.prelim.store.StoreSettings;
import io.prelim.store.StoredPart;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestoreTest {
    private static final CopySettings SETTINGS =
            new CopySettings(16 << 10, 2, Duration.ofSeconds(5), Duration.ofMillis(50));
    private static final int PARTS = 40;

    @TempDir
    Path folder;

    private final FakeCopyStore store = new FakeCopyStore();
    private final Map<UUID, Location> stored = new LinkedHashMap<>();
    private final Map<Long, Restored> restored = new ConcurrentHashMap<>();
    private final Map<Long, Long> gaps = new ConcurrentHashMap<>();
    private UUID id;

    @BeforeEach
    void aLogThatIsLost() throws Exception {
        try (SegmentLog log = SegmentLog.open(
                settings("lost"), Clock.systemUTC(), new SecondCopy(store, SETTINGS, new RecordingWatch()))) {
            await().until(log::writable);
            id = log.id().orElseThrow();
            for (int i = 0; i < PARTS; i++) {
                NewPart part = Parts.part(Parts.bytes(i, 5000));
                stored.put(part.partId(), log.append(part).get());
            }
        }
    }

    @Test
    void anEmptyVolumeGetsEveryRecordBackAtItsPlace() throws Exception {
        assertThat(restore("new")).isTrue();

        assertThat(found("new")).isEqualTo(stored);
        assertThat(restored.values())
                .hasSizeGreaterThan(2)
                .allMatch(
                        segment -> segment.damaged().isEmpty() && segment.lost().isEmpty());
        try (SegmentLog log = SegmentLog.open(settings("new"), Clock.systemUTC())) {
            assertThat(log.id()).contains(id);
        }
    }

    @Test
    void aFolderThatHasThisLogIsLeftAsItIs() throws Exception {
        restore("new");
        restored.clear();

        assertThat(restore("new")).isFalse();

        assertThat(restored).isEmpty();
        assertThat(found("new")).isEqualTo(stored);
    }

    @Test
    void aFolderThatHasAnotherLogIsRefused() throws Exception {
        try (SegmentLog log = SegmentLog.open(settings("other"), Clock.systemUTC())) {
            log.append(Parts.part(Parts.bytes(1, 100))).get();
        }

        assertThatThrownBy(() -> restore("other")).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(found("other")).hasSize(1);
    }

    @Test
    void aLogThatTheCopyDoesNotHaveIsRefusedAndNothingIsLeft() {
        assertThatThrownBy(() -> new Restore(store, new UUID(7, 7), SETTINGS, this::told).into(folder.resolve("new")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(new UUID(7, 7).toString())
                .hasMessageContaining(id.toString());

        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void aStoreThatGoesAwayLeavesNothingAndTheNextTryBeginsAnew() throws Exception {
        store.away = true;
        assertThatThrownBy(() -> restore("new")).isInstanceOf(CopyFailed.class);
        assertThat(folder.resolve("new")).doesNotExist();
        store.away = false;

        restore("new");

        assertThat(found("new")).isEqualTo(stored);
    }

    @Test
    void aDamagedContentIsNamedAndTheOthersAreThere() throws Exception {
        UUID damaged = List.copyOf(stored.keySet()).get(5);
        flip(stored.get(damaged).segment(), stored.get(damaged).offset() + 100);

        restore("new");

        assertThat(restored.get(stored.get(damaged).segment()).damaged())
                .extracting(StoredPart::partId)
                .containsExactly(damaged);
        stored.remove(damaged);
        assertThat(found("new")).isEqualTo(stored);
    }

    @Test
    void aDamagedHeaderHidesItsOwnRecordAlone() throws Exception {
        UUID damaged = List.copyOf(stored.keySet()).get(5);
        Location place = stored.get(damaged);
        flip(place.segment(), place.offset() - 20);

        restore("new");

        Restored segment = restored.get(place.segment());
        assertThat(segment.lost()).hasSize(2);
        assertThat(segment.lost().get(0)).isLessThan(place.offset());
        assertThat(segment.lost().get(1)).isGreaterThanOrEqualTo(place.offset() + place.length());
        assertThat(segment.damaged()).isEmpty();
        stored.remove(damaged);
        assertThat(found("new")).isEqualTo(stored);
    }

    @Test
    void anObjectThatIsGoneHidesItsOwnRecordsAlone() throws Exception {
        List<String> objects = new ArrayList<>(store.objects.keySet());
        String gone = objects.get(3);
        Range range = CopyKeys.place(new CopyStore.Entry(gone, store.objects.get(gone).length))
                .orElseThrow();
        store.objects.remove(gone);

        restore("new");

        stored.values()
                .removeIf(place -> place.segment() == range.segment()
                        && place.offset() >= range.from()
                        && place.offset() < range.to());
        assertThat(stored).hasSizeLessThan(PARTS);
        assertThat(found("new")).isEqualTo(stored);
        assertThat(gaps.get(range.segment())).isEqualTo(range.bytes());
        assertThat(restored.get(range.segment()).lost()).containsExactly(range.from(), range.to());
    }

    @Test
    void aRestoredLogGoesOnInTheSameCopy() throws Exception {
        restore("new");
        SecondCopy copy = new SecondCopy(store, SETTINGS, new RecordingWatch());
        try (SegmentLog log = SegmentLog.open(settings("new"), Clock.systemUTC(), copy)) {
            await().until(log::writable);

            Location location = log.append(Parts.part(Parts.bytes(1, 100))).get();

            assertThat(location.segment())
                    .isGreaterThan(stored.values().stream()
                            .mapToLong(Location::segment)
                            .max()
                            .orElseThrow());
            await().untilAsserted(() -> assertThat(stored.values()).allMatch(copy::holds));
        }
    }

    private boolean restore(String name) throws IOException {
        return new Restore(store, id, SETTINGS, this::told).into(folder.resolve(name));
    }

    private void told(long segment, Restored found, long missing) {
        restored.put(segment, found);
        gaps.put(segment, missing);
    }

    private Map<UUID, Location> found(String name) throws IOException {
        Map<UUID, Location> found = new LinkedHashMap<>();
        try (SegmentLog log = SegmentLog.open(settings(name), Clock.systemUTC())) {
            log.forEachPart(part -> found.put(part.partId(), part.location()));
        }
        return found;
    }

    private StoreSettings settings(String name) throws IOException {
        Files.createDirectories(folder);
        return StoreSettings.of(folder.resolve(name)).withSegmentBytes(64 << 10).withMinFreeBytes(1000);
    }

    /** Changes a byte of the copy. */
    private void flip(long segment, long offset) throws IOException {
        CopyKeys keys = new CopyKeys(id);
        for (Range range : keys.ranges(store, segment)) {
            if (range.from() <= offset && offset < range.to()) {
                byte[] object = store.objects.get(keys.of(range)).clone();
                object[(int) (offset - range.from())] ^= 1;
                store.objects.put(keys.of(range), object);
            }
        }
    }
}
