package io.prelim.bench.decode;

import com.sun.management.OperatingSystemMXBean;
import io.prelim.bench.decode.Program.Cost;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.read.FrameReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Our own decoding of an object that is in memory. CPU is the whole process's: collecting garbage and compiling count. */
final class Frames {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final DicomFile file;
    private final int count;

    private Frames(DicomFile file) throws IOException {
        this.file = file;
        this.count = reader().image().frames();
    }

    static Frames of(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return new Frames(DicomFile.read(in, ReadLimits.DEFAULT));
        }
    }

    private FrameReader reader() throws IOException {
        return FrameReader.of(file, PixelLimits.DEFAULT);
    }

    int count() {
        return count;
    }

    /** Whether every frame is as another object has it. */
    boolean same(Frames other) throws IOException {
        FrameReader ours = reader();
        FrameReader theirs = other.reader();
        for (int i = 0; i < count; i++) {
            if (!Arrays.equals(ours.frame(i).bytes(), theirs.frame(i).bytes())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Decodes all frames, again and again, for so long at least.
     *
     * @param threads that share the frames
     * @return what it took, and how many frames were decoded
     */
    Decoded decode(int threads, double seconds) throws IOException, InterruptedException {
        long cpu = PROCESS.getProcessCpuTime();
        long wall = System.nanoTime();
        int frames = 0;
        do {
            decode(threads);
            frames += count;
        } while ((System.nanoTime() - wall) / 1e9 < seconds);
        Cost cost = new Cost((System.nanoTime() - wall) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
        return new Decoded(cost, frames);
    }

    record Decoded(Cost cost, int frames) {}

    private void decode(int threads) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> share = () -> {
            FrameReader reader = reader();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                reader.frame(i);
            }
            return null;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> shares = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                shares.add(pool.submit(share));
            }
            for (Future<Void> one : shares) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            pool.shutdown();
        }
    }
}
