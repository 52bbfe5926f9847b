package io.prelim.bench.inference;

import java.util.Locale;

/**
 * One run of a subject.
 *
 * @param cpuMillis  of a study, all processes together
 * @param wallMillis of the run by all its studies
 * @param p50        of one study, in milliseconds
 * @param peakBytes  sum of the peaks of resident memory up to then, of this process and of the model's
 */
record Row(
        int round,
        String who,
        int studies,
        double cpuMillis,
        double wallMillis,
        double p50,
        double p99,
        long peakBytes) {
    static final String CSV_HEADER = "round,who,studies,cpu ms a study,wall ms a study,p50 ms,p99 ms,peak MB";

    String csv() {
        return String.format(
                Locale.ROOT,
                "%d,%s,%d,%.3f,%.3f,%.3f,%.3f,%d",
                round,
                who,
                studies,
                cpuMillis,
                wallMillis,
                p50,
                p99,
                peakBytes >> 20);
    }
}
