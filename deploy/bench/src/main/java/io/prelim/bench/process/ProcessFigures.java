package io.prelim.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux tells of a process and its descendants, those that have ended and were waited for included.
 *
 * @param cpuSeconds user and system time
 * @param peakBytes sum of the peaks of resident memory of those alive; 0 when it cannot be read
 */
public record ProcessFigures(double cpuSeconds, long peakBytes) {
    /** Of {@code /proc/PID/stat}: a hundredth of a second on every Linux that Java runs on. */
    private static final double TICKS_A_SECOND = 100;

    public static ProcessFigures of(ProcessHandle process) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        long ticks = 0;
        long peak = 0;
        for (ProcessHandle one : all) {
            ticks += ticks(one.pid());
            peak += peak(one.pid());
        }
        return new ProcessFigures(ticks / TICKS_A_SECOND, peak);
    }

    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // the second field, the name, may hold spaces: count from its closing bracket
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long sum = 0;
            for (int field = 11; field <= 14; field++) {
                sum += Long.parseLong(fields[field]);
            }
            return sum;
        } catch (IOException e) {
            return 0; // it has just ended: its parent's figures hold its time
        }
    }

    private static long peak(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }
}
