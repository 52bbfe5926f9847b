package io.prelim.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Walks, seals, copies and drops: what recovery and retention live on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SegmentLogWalkTest {
    @TempDir
    Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private final List<StoredPart> found = new ArrayList<>();
    private final List<WalkedSegment> walked = new ArrayList<>();
    private final LogVisitor visitor = new LogVisitor() {
        @Override
        public void part(StoredPart part) {
            found.add(part);
        }

        @Override
        public void walked(WalkedSegment segment) {
            walked.add(segment);
        }
    };
    private StoreSettings settings;

    @BeforeEach
    void smallSegments() {
        settings = StoreSettings.of(folder).withSegmentBytes(64 << 10).withMinFreeBytes(1000);
    }

    @Test
    void aWalkFromAPlaceTellsOfWhatCameAfterIt() throws Exception {
        try (SegmentLog log = open()) {
            log.append(Parts.part(Parts.bytes(1, 5_000))).get();
            LogPosition place = log.end();
            Location second = log.append(Parts.part(Parts.bytes(2, 5_000))).get();
            Location third = log.append(Parts.part(Parts.bytes(3, 60_000))).get();

            log.walk(place, visitor);

            assertThat(found).extracting(StoredPart::location).containsExactly(second, third);
            assertThat(walked).extracting(WalkedSegment::segment).containsExactly(1L, 2L);
            assertThat(walked).allMatch(WalkedSegment::clean);
        }
    }

    @Test
    void thePlaceBehindAllIsFoundAgainAfterReopening() throws Exception {
        LogPosition before;
        try (SegmentLog log = open()) {
            assertThat(log.end()).isEqualTo(LogPosition.START);
            log.append(Parts.part(Parts.bytes(1, 5_000))).get();
            before = log.end();
        }
        try (SegmentLog log = open()) {
            assertThat(log.end()).isEqualTo(before);
        }
    }

    @Test
    void aDamagedContentIsSteppedOverAndCounted() throws Exception {
        try (SegmentLog log = open()) {
            Location first = log.append(Parts.part(Parts.bytes(1, 5_000))).get();
            Location damaged = log.append(Parts.part(Parts.bytes(2, 5_000))).get();
            Location third = log.append(Parts.part(Parts.bytes(3, 5_000))).get();
            log.seal().get();
            overwrite("0000000000000001.sealed", damaged.offset() + 10, new byte[] {1, 2, 3});

            log.walk(LogPosition.START, visitor);

            assertThat(found).extracting(StoredPart::location).containsExactly(first, third);
            assertThat(walked).hasSize(2).first().satisfies(segment -> {
                assertThat(segment.records()).isEqualTo(2);
                assertThat(segment.damaged()).isEqualTo(1);
                assertThat(segment.clean()).isFalse();
            });
        }
    }

    @Test
    void aDamagedHeaderEndsTheWalkOfItsSegmentAlone() throws Exception {
        try (SegmentLog log = open()) {
            Location first = log.append(Parts.part(Parts.bytes(1, 5_000))).get();
            log.append(Parts.part(Parts.bytes(2, 5_000))).get();
            log.seal().get();
            Location third = log.append(Parts.part(Parts.bytes(3, 5_000))).get();
            overwrite("0000000000000001.sealed", first.offset() + 5_000, new byte[] {1});

            log.walk(LogPosition.START, visitor);

            assertThat(found).extracting(StoredPart::location).containsExactly(first, third);
            assertThat(walked).extracting(WalkedSegment::clean).containsExactly(false, true);
        }
    }

    @Test
    void bytesThatLookLikeARecordAreNotTakenForOne() throws Exception {
        byte[] forged = RecordHeader.encode(
                        Parts.part(new byte[0]), Clock.systemUTC().instant())
                .array();
        try (SegmentLog log = open()) {
            Location outer = log.append(Parts.part(forged)).get();
            log.seal().get();
            overwrite("0000000000000001.sealed", 0, new byte[] {0});

            log.walk(LogPosition.START, visitor);

            assertThat(outer.length()).isEqualTo(forged.length);
            assertThat(found).isEmpty();
        }
    }

    @Test
    void headersAloneAreWalkedWithoutContents() throws Exception {
        try (SegmentLog log = open()) {
            Location damaged = log.append(Parts.part(Parts.bytes(1, 5_000))).get();
            log.seal().get();
            overwrite("0000000000000001.sealed", damaged.offset(), new byte[] {1, 2, 3});

            log.walk(1, false, visitor);

            assertThat(found).extracting(StoredPart::location).containsExactly(damaged);
        }
    }

    @Test
    void partsOfOneAppendLieInOneSegment() throws Exception {
        try (SegmentLog log = open()) {
            log.append(Parts.part(Parts.bytes(1, 40_000))).get();

            List<Location> together = log.append(
                            List.of(Parts.part(Parts.bytes(2, 10_000)), Parts.part(Parts.bytes(3, 90_000))))
                    .get();

            assertThat(together).extracting(Location::segment).containsOnly(2L);
            assertThat(Parts.read(log, together.get(1))).isEqualTo(Parts.bytes(3, 90_000));
        }
    }

    @Test
    void aSealedSegmentIsCopiedAndDropped() throws Exception {
        byte[] header = Parts.bytes(1, 3_000);
        byte[] pixels = Parts.bytes(2, 9_000);
        try (SegmentLog log = open()) {
            List<Location> before =
                    log.append(List.of(Parts.part(header), Parts.part(pixels))).get();
            assertThat(log.seal().get()).isEqualTo(1);
            log.walk(1, true, visitor);
            List<Location> after = log.copy(List.copyOf(found)).get();

            try (InputStream reading = log.read(before.get(1))) {
                log.drop(1);
                log.drop(1);

                assertThat(reading.readAllBytes()).isEqualTo(pixels);
            }
            assertThatThrownBy(() -> log.read(before.get(0))).isInstanceOf(NoSuchFileException.class);
            assertThat(Parts.read(log, after.get(0))).isEqualTo(header);
            assertThat(Parts.read(log, after.get(1))).isEqualTo(pixels);
            List<StoredPart> originals = List.copyOf(found);
            found.clear();
            log.walk(LogPosition.START, visitor);
            assertThat(found)
                    .extracting(StoredPart::partId)
                    .containsExactlyElementsOf(
                            originals.stream().map(StoredPart::partId).toList());
            assertThat(log.segments())
                    .containsExactly(new SegmentFile(2, Files.size(folder.resolve("0000000000000002.active")), false));
        }
    }

    @Test
    void theSegmentThatIsWrittenIsNotDropped() throws Exception {
        try (SegmentLog log = open()) {
            Location written = log.append(Parts.part(Parts.bytes(1, 10))).get();

            log.drop(1);

            assertThat(Parts.read(log, written)).isEqualTo(Parts.bytes(1, 10));
        }
    }

    @Test
    void anEmptySegmentIsNotSealed() throws Exception {
        try (SegmentLog log = open()) {
            assertThat(log.seal().get()).isZero();
            log.append(Parts.part(Parts.bytes(1, 10))).get();
            assertThat(log.seal().get()).isEqualTo(1);
            assertThat(log.seal().get()).isEqualTo(1);
        }
    }

    @Test
    void goesOnWhereAnIndexNamesNoPlace() throws Exception {
        try (SegmentLog log = open()) {
            log.beginAt(7).get();
            assertThat(log.append(Parts.part(Parts.bytes(1, 40_000))).get().segment())
                    .isEqualTo(7);
            log.beginAt(3).get();
            assertThat(log.append(Parts.part(Parts.bytes(2, 40_000))).get().segment())
                    .isEqualTo(8);
            log.beginAt(20).get();
        }
        try (SegmentLog log = open()) {
            assertThat(log.append(Parts.part(Parts.bytes(3, 10))).get().segment())
                    .isEqualTo(20);
        }
    }

    @Test
    void afterADroppedSegmentNumbersGoOn() throws Exception {
        try (SegmentLog log = open()) {
            log.append(Parts.part(Parts.bytes(1, 10))).get();
            log.seal().get();
            log.append(Parts.part(Parts.bytes(2, 10))).get();
            log.drop(1);
        }
        try (SegmentLog log = open()) {
            log.seal().get();
            assertThat(log.append(Parts.part(Parts.bytes(3, 10))).get().segment())
                    .isEqualTo(3);
            log.seal().get();
            log.drop(2);
            log.drop(3);
        }
        try (SegmentLog log = open()) {
            assertThat(log.append(Parts.part(Parts.bytes(4, 10))).get().segment())
                    .isEqualTo(4);
        }
    }

    @Test
    void aFailedSyncIsTold() throws Exception {
        List<SegmentFailure> failures = new ArrayList<>();
        try (SegmentLog log = open()) {
            log.onFailure(failures::add);
            disk.syncFails = true;
            assertThatThrownBy(() -> log.append(Parts.part(Parts.bytes(2, 10))).get())
                    .hasCauseInstanceOf(StoreException.WriteFailed.class);
            disk.syncFails = false;
            log.append(Parts.part(Parts.bytes(3, 10))).get();
        }

        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.segment()).isEqualTo(1);
            assertThat(failure.reason()).contains("Input/output error");
        });
    }

    private SegmentLog open() throws IOException {
        return SegmentLog.open(settings, Clock.systemUTC(), disk);
    }

    private void overwrite(String segment, long at, byte[] bytes) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve(segment), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), at);
        }
    }
}
