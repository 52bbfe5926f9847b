package io.prelim.store.copy;

import io.prelim.store.LogCopy;
import io.prelim.store.NewPart;
import io.prelim.store.Parts;
import io.prelim.store.SegmentLog;
import io.prelim.store.StoreSettings;
import io.prelim.store.s3.S3CopyStore;
import io.prelim.store.s3.S3Settings;
import io.prelim.testkit.peers.S3rver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * What a second copy costs: objects a second of eight appenders, each waiting for its answer, without a copy, with one in memory, and with
 * one in s3rver on this machine, in turns. Prints, asserts nothing: the figures are the disk's and the server's.
 */
final class CopyBenchmark {
    private static final int OBJECTS = 240;
    private static final int APPENDERS = 8;
    private static final int ROUNDS = 5;
    private static final CopySettings SETTINGS =
            new CopySettings(4 << 20, 4, Duration.ofSeconds(60), Duration.ofMillis(500));

    private CopyBenchmark() {}

    /** @param arguments a folder on the volume to measure, which must be empty */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        NewPart part = Parts.part(Parts.bytes(1, 512 << 10));
        try (S3rver server = S3rver.start(folder.resolve("s3"))) {
            Path key = Files.writeString(folder.resolve("key"), S3rver.KEY);
            List<Supplier<LogCopy>> copies = List.of(
                    () -> LogCopy.NONE,
                    () -> new SecondCopy(new FakeCopyStore(), SETTINGS, new RecordingWatch()),
                    () -> new SecondCopy(s3(server, key), SETTINGS, new RecordingWatch()));
            for (int round = 0; round < ROUNDS; round++) {
                double[] rates = new double[copies.size()];
                for (int i = 0; i < rates.length; i++) {
                    rates[i] =
                            rate(folder.resolve(round + "-" + i), copies.get(i).get(), part);
                }
                System.out.printf(
                        "objects of 512 KiB/s: %.0f without, %.0f in memory (%.2f), %.0f in s3rver (%.2f)%n",
                        rates[0], rates[1], rates[1] / rates[0], rates[2], rates[2] / rates[0]);
            }
        }
    }

    private static S3CopyStore s3(S3rver server, Path key) {
        return S3CopyStore.of(new S3Settings(
                URI.create("http://127.0.0.1:" + server.port()),
                "us-east-1",
                S3rver.BUCKET,
                "bench",
                true,
                key,
                key,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30)));
    }

    private static double rate(Path folder, LogCopy copy, NewPart part) throws IOException, InterruptedException {
        try (SegmentLog log = SegmentLog.open(StoreSettings.of(folder), Clock.systemUTC(), copy)) {
            while (!log.writable()) {
                Thread.sleep(10);
            }
            List<Thread> threads = new ArrayList<>();
            long begin = System.nanoTime();
            for (int t = 0; t < APPENDERS; t++) {
                Thread thread = new Thread(() -> append(log, part));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            return OBJECTS * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static void append(SegmentLog log, NewPart part) {
        try {
            for (int i = 0; i < OBJECTS / APPENDERS; i++) {
                log.append(part).get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
