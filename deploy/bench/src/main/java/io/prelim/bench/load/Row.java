package io.prelim.bench.load;

import java.util.Arrays;
import java.util.Locale;

/**
 * One part of one run.
 *
 * @param part       such as {@code saturated}
 * @param studies    answered
 * @param seconds    until the last of them was
 * @param cpuMillis  of a study, the subject's processes together; the broker's is not among them
 * @param p50        from when a study was to be sent until its outcome was read, in milliseconds
 */
public record Row(
        String run,
        int round,
        String who,
        String part,
        int studies,
        double seconds,
        double cpuMillis,
        double p50,
        double p99,
        double most) {
    public static final String CSV_HEADER =
            "run,round,who,part,studies,seconds,studies a second,cpu ms a study,p50 ms,p99 ms,max ms";

    /** @param millis of each study, in any order */
    public static Row of(
            String run, int round, String who, String part, double seconds, double cpuSeconds, double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return new Row(
                run,
                round,
                who,
                part,
                n,
                seconds,
                1e3 * cpuSeconds / n,
                sorted[n / 2],
                sorted[(int) (n * 0.99)],
                sorted[n - 1]);
    }

    public double rate() {
        return studies / seconds;
    }

    public String csv() {
        return String.format(
                Locale.ROOT,
                "%s,%d,%s,%s,%d,%.3f,%.1f,%.3f,%.2f,%.2f,%.2f",
                run,
                round,
                who,
                part,
                studies,
                seconds,
                rate(),
                cpuMillis,
                p50,
                p99,
                most);
    }
}
