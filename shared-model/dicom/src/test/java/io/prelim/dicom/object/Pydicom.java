package io.prelim.dicom.object;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads files with pydicom, through {@code dump.py}. */
final class Pydicom {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private Pydicom() {}

    /** What pydicom makes of each file; the test is skipped where it is not installed. */
    static Map<Path, Reading> read(List<Path> files) throws IOException, InterruptedException {
        return parse(run("dump.py", files.stream().map(Path::toString).toList()));
    }

    /** What one of the scripts beside this class prints for the lines given; the test is skipped where pydicom is missing. */
    static List<String> run(String script, List<String> input) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(PYTHON)
                        && new ProcessBuilder(PYTHON.toString(), "-c", "import pydicom")
                                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                                        .start()
                                        .waitFor()
                                == 0,
                "pydicom is missing: apt-get install python3-pydicom");
        Path file = Files.createTempFile("script", ".py");
        Path lines = Files.createTempFile("lines", ".txt");
        Path output = Files.createTempFile("output", ".txt");
        try (InputStream resource = Pydicom.class.getResourceAsStream(script)) {
            Files.write(file, resource.readAllBytes());
            Files.write(lines, input);
            new ProcessBuilder(PYTHON.toString(), file.toString())
                    .redirectInput(lines.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return Files.readAllLines(output);
        } finally {
            Files.delete(file);
            Files.delete(lines);
            Files.delete(output);
        }
    }

    private static Map<Path, Reading> parse(List<String> lines) {
        Map<Path, Reading> readings = new LinkedHashMap<>();
        Path file = null;
        Map<String, Reading.Line> elements = Map.of();
        for (String line : lines) {
            String[] fields = line.split(" ", -1);
            switch (fields[0]) {
                case "F" -> {
                    file = Path.of(line.substring(2));
                    elements = new LinkedHashMap<>();
                }
                case "S" -> elements.put(fields[1], new Reading.Line(fields[2], Integer.parseInt(fields[3]), "", null));
                case "E" ->
                    elements.put(
                            fields[1],
                            new Reading.Line(fields[2], Integer.parseInt(fields[3]), fields[4], text(fields[5])));
                case "OK" -> readings.put(file, new Reading(null, elements, Set.of()));
                default -> readings.put(file, new Reading(line, Map.of(), Set.of()));
            }
        }
        return readings;
    }

    /** Null where pydicom could not tell. */
    private static String text(String base64) {
        String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        return text.startsWith("!") ? null : text;
    }
}
