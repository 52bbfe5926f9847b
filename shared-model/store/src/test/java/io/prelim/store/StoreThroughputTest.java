package io.prelim.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects a second, each durable before the next of its appender: the log against a file and an fsync each. */
@Tag("full")
class StoreThroughputTest {
    private static final int OBJECTS = 800;
    private static final int APPENDERS = 8;
    private static final byte[] OBJECT = Parts.bytes(1, 512 << 10);
    /** Digested once: a receiver digests in either case, so that is not what is compared. */
    private static final NewPart PART = Parts.part(OBJECT);

    @TempDir
    Path folder;

    @Test
    void aGroupSyncIsFasterThanAFileAndAnFsyncEach() throws Exception {
        rate(i -> writeFile(folder.resolve("warm-" + i)));
        double files = rate(i -> writeFile(folder.resolve("object-" + i)));
        try (SegmentLog log = SegmentLog.open(StoreSettings.of(folder.resolve("log")), Clock.systemUTC())) {
            rate(i -> append(log));
            double segments = rate(i -> append(log));

            System.out.printf(
                    "%d objects of %d KiB, %d appenders: %.0f objects/s as files, %.0f objects/s in segments, ratio %.1f%n",
                    OBJECTS, OBJECT.length >> 10, APPENDERS, files, segments, segments / files);
            assertThat(segments).isGreaterThan(files);
        }
    }

    private static double rate(IntConsumer write) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        long begin = System.nanoTime();
        for (int t = 0; t < APPENDERS; t++) {
            int first = t * OBJECTS / APPENDERS;
            Thread thread = new Thread(() -> {
                for (int i = first; i < first + OBJECTS / APPENDERS; i++) {
                    write.accept(i);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return OBJECTS * 1e9 / (System.nanoTime() - begin);
    }

    private static void append(SegmentLog log) {
        try {
            log.append(PART).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeFile(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(OBJECT));
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
