package io.prelim.bench.cstore;

import io.prelim.bench.process.ProcessFigures;
import io.prelim.local.stack.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One measured run of one receiver on a fresh store.
 *
 * @param lost acknowledged objects that are not there after a kill; -1 when it was not asked
 */
record Run(
        int round,
        String receiver,
        Door door,
        int objectBytes,
        int associations,
        int objects,
        Load load,
        double cpuSeconds,
        double backingCpuSeconds,
        long peakBytes,
        int lost) {
    static final String CSV_HEADER = "round,receiver,door,object_bytes,associations,objects,seconds,objects_per_second,"
            + "megabytes_per_second,cpu_ms_per_object,backing_cpu_ms_per_object,p50_ms,p99_ms,peak_rss_mb,lost";

    /**
     * Starts a receiver, warms it up, pauses, measures, kills it and looks for what it acknowledged, ends it, and removes its store.
     *
     * @param warmUp objects sent before the measured ones; they count among those that must survive
     * @param small objects of few bytes sent before those, which the same code takes, likewise
     */
    static Run of(
            int round,
            String name,
            Receiver.Factory factory,
            Door door,
            Workload workload,
            int associations,
            int warmUp,
            Sent small,
            int objects)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("prelim-bench-");
        try (Receiver receiver = factory.start(directory)) {
            Load.run(receiver, door, small.workload(), 0, small.objects(), associations);
            Load.run(receiver, door, workload, 0, warmUp, associations);
            receiver.pause();
            ProcessFigures before = ProcessFigures.of(receiver.process());
            double backingBefore = receiver.backingCpuSeconds();
            Load load = Load.run(receiver, door, workload, warmUp, objects, associations);
            ProcessFigures after = ProcessFigures.of(receiver.process());
            double backing = receiver.backingCpuSeconds() - backingBefore;
            int lost = receiver.lost(List.of(small, new Sent(workload, warmUp + objects)));
            return new Run(
                    round,
                    name,
                    door,
                    workload.length(),
                    associations,
                    objects,
                    load,
                    after.cpuSeconds() - before.cpuSeconds(),
                    backing,
                    after.peakBytes(),
                    lost);
        } finally {
            Folders.delete(directory);
        }
    }

    double objectsPerSecond() {
        return objects / load.seconds();
    }

    double megabytesPerSecond() {
        return objectsPerSecond() * objectBytes / 1e6;
    }

    double cpuMillisPerObject() {
        return cpuSeconds * 1000 / objects;
    }

    String csv() {
        return String.format(
                Locale.ROOT,
                "%d,%s,%s,%d,%d,%d,%.3f,%.1f,%.1f,%.3f,%.3f,%.2f,%.2f,%d,%s",
                round,
                receiver,
                door.name().toLowerCase(Locale.ROOT),
                objectBytes,
                associations,
                objects,
                load.seconds(),
                objectsPerSecond(),
                megabytesPerSecond(),
                cpuMillisPerObject(),
                backingCpuSeconds * 1000 / objects,
                load.percentileMillis(0.5),
                load.percentileMillis(0.99),
                peakBytes >> 20,
                lost < 0 ? "" : Integer.toString(lost));
    }
}
