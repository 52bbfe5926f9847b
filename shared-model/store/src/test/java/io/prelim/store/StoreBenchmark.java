package io.prelim.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;

/**
 * Objects a second, each durable before the next of its appender: the log against a file and an fsync each. Prints, asserts
 * nothing: the figures are the disk's.
 */
final class StoreBenchmark {
    private static final int OBJECTS = 800;
    private static final int APPENDERS = 8;

    private final Path folder;

    private StoreBenchmark(Path folder) {
        this.folder = folder;
    }

    /** @param arguments a folder on the volume to measure, which must be empty */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        for (int kib : new int[] {16, 512}) {
            new StoreBenchmark(Files.createDirectory(folder.resolve(kib + "k"))).measure(kib << 10);
        }
    }

    private void measure(int bytes) throws Exception {
        NewPart part = Parts.part(Parts.bytes(1, bytes)); // digested once: a receiver digests in either case
        byte[] object = Parts.bytes(1, bytes);
        rate(i -> writeFile(folder.resolve("warm-" + i), object));
        double files = rate(i -> writeFile(folder.resolve("object-" + i), object));
        double sparse;
        double spare;
        StoreSettings settings = StoreSettings.of(folder.resolve("sparse"));
        try (SegmentLog log = SegmentLog.open(settings, Clock.systemUTC())) {
            rate(i -> append(log, part));
            sparse = rate(i -> append(log, part));
        }
        settings = StoreSettings.of(folder.resolve("spare")).withSpareSegments(8);
        try (SegmentLog log = SegmentLog.open(settings, Clock.systemUTC())) {
            while (log.spareSegments() < 8) {
                Thread.sleep(100);
            }
            spare = rate(i -> append(log, part));
        }
        System.out.printf(
                "%d objects of %d KiB, %d appenders, objects/s: %.0f as files, %.0f in sparse segments, "
                        + "%.0f in spare ones; ratio %.1f%n",
                OBJECTS, bytes >> 10, APPENDERS, files, sparse, spare, Math.max(sparse, spare) / files);
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

    private static void append(SegmentLog log, NewPart part) {
        try {
            log.append(part).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeFile(Path file, byte[] object) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(object));
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
