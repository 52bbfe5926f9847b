package io.prelim.bench.decode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs of others, and the CPU they take. */
final class Program {
    /** bash has its children's time of wait4, in milliseconds; GNU time rounds to hundredths. */
    private static final List<String> TIMED =
            List.of("bash", "-c", "TIMEFORMAT='%3R %3U %3S'; time \"$@\" >/dev/null 2>/dev/null", "bash");

    /**
     * What a run took.
     *
     * @param wall seconds
     * @param cpu seconds, user's and system's
     */
    record Cost(double wall, double cpu) {
        static final Cost NONE = new Cost(0, 0);

        Cost plus(Cost other) {
            return new Cost(wall + other.wall, cpu + other.cpu);
        }
    }

    private Program() {}

    /** Whether the program of a command is installed. */
    static boolean installed(String command) {
        String name = command.split(" ", -1)[0];
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Debian's package of a program. */
    static String packageOf(String command) {
        return command.startsWith("gdcm") ? "libgdcm-tools" : "dcmtk";
    }

    /**
     * Runs a command on one file into another.
     *
     * @throws IOException when it fails
     */
    static Cost run(String command, Path from, Path to) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(TIMED);
        words.addAll(List.of(command.split(" ", -1)));
        words.add(from.toString());
        words.add(to.toString());
        Process process = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String times = new String(process.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed with " + process.exitValue());
        }
        return cost(times);
    }

    /** Of real, user's and system's seconds. */
    static Cost cost(String times) {
        String[] seconds = times.split(" ", -1);
        return new Cost(
                Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]));
    }
}
