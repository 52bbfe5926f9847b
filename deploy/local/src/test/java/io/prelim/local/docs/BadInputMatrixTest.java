package io.prelim.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.docs.GeneratedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every kind of bad input is tested through every entrance it can come by, and the document says with which answer. */
class BadInputMatrixTest {
    private static final Path ROOT = Path.of(System.getProperty("prelim.root"));

    /** Lines {@code id | input}, and {@code id entrance | why there is no test}. */
    private static final String ROWS = "/io/prelim/local/docs/bad-input.txt";

    private final Map<String, String> inputs = new LinkedHashMap<>();
    private final Map<String, Map<Entrance, String>> reasons = new TreeMap<>();

    @Test
    void isFullAndAsTheDocumentSays() throws IOException {
        read();
        List<Path> folders = Stream.of(
                        "shared-model/dicom",
                        "shared-model/dicom-net",
                        "ingest-service",
                        "inference-service",
                        "report-service",
                        "deploy/local")
                .map(module -> ROOT.resolve(module).resolve("target/test-classes"))
                .toList();
        for (Path folder : folders) {
            Assumptions.assumeTrue(Files.isDirectory(folder), () -> "skipped: " + folder + " is not built");
        }

        BadInputMatrix matrix = BadInputMatrix.of(folders);

        assertThat(matrix.faults(inputs, reasons)).isEmpty();
        GeneratedText.check("deploy/docs/bad-input.md", "matrix", matrix.markdown(inputs, reasons));
    }

    private void read() throws IOException {
        try (var in = BadInputMatrixTest.class.getResourceAsStream(ROWS)) {
            new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split(" \\| ", 2);
                        String[] key = parts[0].split(" ", 2);
                        if (key.length == 1) {
                            inputs.put(key[0], parts[1]);
                        } else {
                            reasons.computeIfAbsent(key[0], id -> new TreeMap<>())
                                    .put(Entrance.valueOf(key[1]), parts[1]);
                        }
                    });
        }
    }
}
