package io.prelim.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpareSegmentsTest {
    private static final int SEGMENT = 64 << 10;

    @TempDir
    private Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private StoreSettings settings;

    @BeforeEach
    void settings() {
        settings = StoreSettings.of(folder)
                .withSegmentBytes(SEGMENT)
                .withMinFreeBytes(1000)
                .withSpareSegments(3);
    }

    private SegmentLog open() throws IOException {
        return SegmentLog.open(settings, Clock.systemUTC(), disk);
    }

    private List<String> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static void awaitSpares(SegmentLog log, int count) {
        await().untilAsserted(() -> assertThat(log.spareSegments()).isEqualTo(count));
    }

    @Test
    void aBurstIsWrittenIntoSparesAndThenIntoGrowingSegments() throws Exception {
        Map<Location, byte[]> stored = new LinkedHashMap<>();
        try (SegmentLog log = open()) {
            awaitSpares(log, 3);
            for (int i = 0; i < 30; i++) {
                byte[] bytes = Parts.bytes(i, 20_000);
                stored.put(log.append(Parts.part(bytes)).get(), bytes);
            }
            assertThat(Files.size(folder.resolve("0000000000000001.sealed"))).isEqualTo(SEGMENT);
            for (Map.Entry<Location, byte[]> part : stored.entrySet()) {
                assertThat(Parts.read(log, part.getKey())).isEqualTo(part.getValue());
            }
            awaitSpares(log, 3);
        }
        try (SegmentLog log = open()) {
            List<Location> found = new ArrayList<>();
            log.forEachPart(part -> found.add(part.location()));
            assertThat(found).containsExactlyElementsOf(stored.keySet());
        }
    }

    @Test
    void sparesOfAnEarlierProcessAreUsedAndOthersRemoved() throws Exception {
        try (SegmentLog log = open()) {
            awaitSpares(log, 3);
        }
        Files.write(folder.resolve("0000000000000000.unfinished"), new byte[100]);
        Files.write(folder.resolve("0000000000000003.spare"), new byte[100]);
        settings = settings.withSpareSegments(0);
        try (SegmentLog log = open()) {
            assertThat(log.spareSegments()).isEqualTo(2);
            assertThat(files(".unfinished")).isEmpty();
            assertThat(files(".spare")).hasSize(2);

            log.append(Parts.part(Parts.bytes(1, 100))).get();

            assertThat(log.spareSegments()).isEqualTo(1);
            assertThat(Files.size(folder.resolve("0000000000000001.active"))).isEqualTo(SEGMENT);
        }
    }

    @Test
    void noneIsMadeWhereItWouldTakeSpaceFromObjects() throws Exception {
        disk.usableBytes = SEGMENT + 2000;
        try (SegmentLog log = open()) {
            log.append(Parts.part(Parts.bytes(1, 100))).get();
            assertThat(log.spareSegments()).isZero();
            assertThat(files(".unfinished")).isEmpty();
        }
    }

    @Test
    void sparesAreGivenBackWhenSpaceIsShort() throws Exception {
        try (SegmentLog log = open()) {
            awaitSpares(log, 3);
            disk.usableBytes = 999;
            await().untilAsserted(() -> assertThat(log.append(Parts.part(Parts.bytes(1, 100))))
                    .failsWithin(java.time.Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(StoreException.StorageFull.class));
            assertThat(log.spareSegments()).isZero();
            assertThat(files(".spare")).isEmpty();
        }
    }

    @Test
    void sparesCountAsFreeUntilTheyAreGivenBack() throws Exception {
        try (SegmentLog log = open()) {
            awaitSpares(log, 3);
            disk.usableBytes = 999;
            await().untilAsserted(() -> assertThat(log.freeBytes()).isEqualTo(999 + 3 * SEGMENT));
            assertThat(log.writable()).isTrue();
        }
    }

    @Test
    void aSpareThatCannotBeUsedIsNotAskedForAgain() throws Exception {
        try (SegmentLog log = open()) {
            awaitSpares(log, 3);
            Files.delete(folder.resolve("0000000000000003.spare"));
            assertThat(log.append(Parts.part(Parts.bytes(1, 100))))
                    .failsWithin(java.time.Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(StoreException.WriteFailed.class);

            Location location = log.append(Parts.part(Parts.bytes(2, 100))).get();

            assertThat(Parts.read(log, location)).isEqualTo(Parts.bytes(2, 100));
        }
    }

    @Test
    void anObjectLongerThanASegmentLeavesTheSparesAlone() throws Exception {
        try (SegmentLog log = open()) {
            awaitSpares(log, 3);
            byte[] bytes = Parts.bytes(1, 3 * SEGMENT);
            Location location = log.append(Parts.part(bytes)).get();
            assertThat(log.spareSegments()).isEqualTo(3);
            assertThat(Parts.read(log, location)).isEqualTo(bytes);
        }
    }
}
