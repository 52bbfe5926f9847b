package io.prelim.bench.decode;

import static io.prelim.bench.options.Options.number;

import io.prelim.bench.options.Options;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What is to be measured.
 *
 * @param side rows and columns of a frame
 * @param frames of an object
 * @param seconds that each run takes at least
 * @param csv where the rows go, beside the terminal; null for nowhere
 */
record Plan(List<Format> formats, int side, int frames, int rounds, int seconds, int warmUp, Path csv) {
    static final String HELP = """
            Measures the decoding of frames: of each format in turn our own process on one thread and on every core, and DCMTK's or
            GDCM's program, round after round, so that what else the machine does falls on all alike.

              deploy/bench/decode [options]

              --formats LIST    of %s   (default: all)
              --side N          rows and columns   (default: 2048)
              --frames N        of an object   (default: 4)
              --rounds N        (default: 5)
              --seconds N       that each run takes at least   (default: 3)
              --warm-up N       seconds of decoding before the first round, a format and depth   (default: 10)
              --csv FILE        the rows, beside the terminal
              --help

            Frames are noise over slopes and edges, of 12 and 16 bits, 8 in baseline JPEG. What is decoded without loss must be the samples
            there were, or the run is void (exit code 1). Megabytes are of decoded samples. Ours is the CPU of the whole process, the object being
            in memory; a program's is that of its user and system time by wait4, less that of a program of the same makers that
            only copies the native file. Encoders and decoders: Debian's packages dcmtk and libgdcm-tools; a format whose programs
            are missing is left out, and said. Only a quiet machine gives a figure to quote.
            """;

    static Plan parse(List<String> arguments) {
        List<Format> formats = List.of(Format.values());
        int side = 2048;
        int frames = 4;
        int rounds = 5;
        int seconds = 3;
        int warmUp = 10;
        Path csv = null;
        for (Map.Entry<String, String> option : Options.of(arguments).entrySet()) {
            String value = option.getValue();
            switch (option.getKey()) {
                case "--formats" ->
                    formats =
                            Arrays.stream(value.split(",", -1)).map(Format::of).toList();
                case "--side" -> side = number(value, 8192);
                case "--frames" -> frames = number(value, 16);
                case "--rounds" -> rounds = number(value, 100);
                case "--seconds" -> seconds = number(value, 600);
                case "--warm-up" -> warmUp = number(value, 600);
                case "--csv" -> csv = Path.of(value);
                default -> throw Options.unknown(option.getKey());
            }
        }
        return new Plan(formats, side, frames, rounds, seconds, warmUp, csv);
    }
}
