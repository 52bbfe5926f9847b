package io.prelim.bench.decode;

import io.prelim.bench.decode.Program.Cost;
import java.util.Locale;

/**
 * A run.
 *
 * @param who prelim and its threads; another program, after what it does
 * @param bytes of decoded samples
 */
record Row(int round, String format, int bits, String who, int frames, double bytes, Cost cost) {
    static final String DECODER = "decode:";
    static final String COPIER = "copy:";
    static final String CSV_HEADER =
            "round,format,bits,who,frames,megabytes,wall_seconds,cpu_seconds,mb_per_wall_s,mb_per_cpu_s";

    String subject() {
        return format + " " + bits;
    }

    double cpuPerMegabyte() {
        return cost.cpu() / (bytes / 1e6);
    }

    double megabytesPerSecond() {
        return bytes / 1e6 / cost.wall();
    }

    String csv() {
        return String.format(
                Locale.ROOT,
                "%d,%s,%d,%s,%d,%.1f,%.3f,%.3f,%.1f,%.1f",
                round,
                format,
                bits,
                who,
                frames,
                bytes / 1e6,
                cost.wall(),
                cost.cpu(),
                megabytesPerSecond(),
                1 / cpuPerMegabyte());
    }
}
