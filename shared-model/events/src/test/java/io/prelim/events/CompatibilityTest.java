package io.prelim.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Samples and schemas of every release are kept under {@code history/<release>} and never changed: new code reads the old samples, and
 * what new code writes still holds against the old schemas, which is what old code relies on.
 */
class CompatibilityTest {
    private static final Path HISTORY = Path.of("src/test/resources/history");

    static Stream<Class<?>> documents() {
        return EventSchemas.DOCUMENTS.stream();
    }

    @TestFactory
    List<DynamicTest> newCodeReadsOldSamplesAndOldSchemasAcceptNewDocuments() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path release : children(HISTORY)) {
            for (Class<?> document : EventSchemas.DOCUMENTS) {
                Path sample = release.resolve(document.getSimpleName() + ".sample.json");
                Path schema = release.resolve(EventSchemas.fileName(document));
                if (Files.exists(sample)) {
                    tests.add(DynamicTest.dynamicTest(
                            "new code reads " + release.getFileName() + " " + document.getSimpleName(),
                            () -> newCodeReads(sample, document)));
                    tests.add(DynamicTest.dynamicTest(
                            release.getFileName() + " accepts new " + document.getSimpleName(),
                            () -> oldSchemaAccepts(schema, document)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(2 * EventSchemas.DOCUMENTS.size());
        return tests;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aNewerWritersFieldsAndValuesAreSurvived(Class<?> document) throws Exception {
        JsonNode newer = EventJson.mapper().valueToTree(Samples.of(document));
        makeNewer(newer);

        Object read = EventJson.read(EventJson.write(newer), document);

        assertThat(read).isInstanceOf(document);
    }

    private static void newCodeReads(Path sample, Class<?> document) throws Exception {
        byte[] old = Files.readAllBytes(sample);

        Object read = EventJson.read(old, document);

        assertThat(EventJson.mapper().readTree(EventJson.write(read)))
                .isEqualTo(EventJson.mapper().readTree(old));
    }

    private static void oldSchemaAccepts(Path schema, Class<?> document) throws IOException {
        JsonNode written = EventJson.mapper().readTree(EventJson.write(Samples.of(document)));

        assertThat(EventSchemas.violations(Files.readString(schema), written)).isEmpty();
    }

    /** Adds a field to every object and an unheard-of value to every closed set. */
    private static void makeNewer(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String closedSet : List.of("priority", "role", "presence", "status", "partClass")) {
                if (object.has(closedSet)) {
                    object.put(closedSet, "OF_A_LATER_RELEASE");
                }
            }
            object.forEach(CompatibilityTest::makeNewer);
            object.put("fieldOfALaterRelease", "x");
        } else if (node instanceof ArrayNode array) {
            array.forEach(CompatibilityTest::makeNewer);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
