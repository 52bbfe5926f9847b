package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The 353 files of a fuzzer for DICOM receivers, each read in a process of 256 MB: none ends it, takes over a second, or
 * allocates more than four times its bytes.
 */
@Tag("full")
class FuzzedCorpusTest {
    /** What is allocated whatever is read: buffers, the file meta's and the data set's own objects. */
    private static final long FIXED = 64 << 10;

    @TempDir
    Path folder;

    private record Line(String category, String outcome, long bytes, long allocated, long millis) {
        static Line of(String line) {
            String[] fields = line.split("\t", -1);
            return new Line(
                    Path.of(fields[0]).getParent().getFileName().toString(),
                    fields[1],
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]));
        }
    }

    @Test
    void everyFileIsReadOrRefusedInBounds() throws IOException, InterruptedException {
        List<Path> files = unpack(Corpus.file("fuzz_pwnlab_v3_shared.tar.gz"));

        List<Line> lines = read(files);

        Map<String, Map<String, Integer>> table = new TreeMap<>();
        for (Line line : lines) {
            table.computeIfAbsent(line.category(), any -> new TreeMap<>()).merge(line.outcome(), 1, Integer::sum);
        }
        table.forEach((category, outcomes) -> System.out.println("fuzzed: " + category + " " + outcomes));
        System.out.printf(
                "fuzzed: %d files, slowest %d ms, most allocated a byte %.2f%n",
                lines.size(),
                lines.stream().mapToLong(Line::millis).max().orElse(0),
                lines.stream()
                        .mapToDouble(line -> Math.max(0, line.allocated() - FIXED) / (double) line.bytes())
                        .max()
                        .orElse(0));
        assertThat(lines).hasSameSizeAs(files).hasSizeGreaterThanOrEqualTo(353);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.millis()).isLessThan(1000);
            assertThat(line.allocated()).isLessThanOrEqualTo(4 * line.bytes() + FIXED);
        });
    }

    private List<Path> unpack(Path archive) throws IOException, InterruptedException {
        run(List.of("tar", "-xzf", archive.toString(), "-C", folder.toString()), folder.resolve("tar.log"));
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(path -> path.toString().endsWith(".dcm"))
                    .sorted()
                    .toList();
        }
    }

    private List<Line> read(List<Path> files) throws IOException, InterruptedException {
        Path output = folder.resolve("lines.tsv");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredReading.class.getName()));
        files.forEach(file -> command.add(file.toString()));
        run(command, output);
        return Files.readAllLines(output).stream().map(Line::of).toList();
    }

    private static void run(List<String> command, Path output) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        assertThat(exit).as(command.get(0)).isZero();
    }
}
