package io.prelim.dicom.object;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
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
import java.util.stream.Collectors;

/** Reads files with pydicom, through {@code dump.py}. */
final class Pydicom {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private Pydicom() {}

    /** What pydicom makes of each file; the test is skipped where it is not installed. */
    static Map<Path, Reading> read(List<Path> files) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(PYTHON)
                        && new ProcessBuilder(PYTHON.toString(), "-c", "import pydicom")
                                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                                        .start()
                                        .waitFor()
                                == 0,
                "pydicom is missing: apt-get install python3-pydicom");
        Path script = Files.createTempFile("dump", ".py");
        Path names = Files.createTempFile("names", ".txt");
        try (InputStream resource = Pydicom.class.getResourceAsStream("dump.py")) {
            Files.write(script, resource.readAllBytes());
            Files.writeString(names, files.stream().map(path -> path + "\n").collect(Collectors.joining()));
            Process process = new ProcessBuilder(PYTHON.toString(), script.toString())
                    .redirectInput(names.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                return parse(lines);
            } finally {
                process.destroy();
            }
        } finally {
            Files.delete(script);
            Files.delete(names);
        }
    }

    private static Map<Path, Reading> parse(BufferedReader lines) throws IOException {
        Map<Path, Reading> readings = new LinkedHashMap<>();
        Path file = null;
        Map<String, Reading.Line> elements = Map.of();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
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
