package io.prelim.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
    static Stream<Class<?>> documents() {
        return EventSchemas.DOCUMENTS.stream();
    }

    /**
     * {@code mvn test -Dprelim.schemas=write} writes the schemas anew after an additive change, and a sample of each document to
     * {@code target/samples}; a release copies both to {@code src/test/resources/history/<release>}.
     */
    @ParameterizedTest
    @MethodSource("documents")
    void committedSchemaIsTheRecords(Class<?> document) throws IOException {
        Path file = EventSchemas.FOLDER.resolve(EventSchemas.fileName(document));
        String schema = EventSchemas.generate(document);
        if ("write".equals(System.getProperty("prelim.schemas"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, schema);
            Path samples = Files.createDirectories(Path.of("target/samples"));
            Files.write(
                    samples.resolve(document.getSimpleName() + ".sample.json"),
                    EventJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(Samples.of(document)));
        }

        assertThat(file).hasContent(schema);
    }

    @Test
    void everyEventHasASchema() {
        Set<Class<?>> events = Set.of(Event.class.getPermittedSubclasses());

        assertThat(new HashSet<>(EventSchemas.DOCUMENTS)).containsAll(events);
    }

    @Test
    void asyncApiNamesEveryTopicAndSchema() throws IOException {
        JsonNode document = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("src/main/resources/io/prelim/events/asyncapi.yaml")
                        .toFile());

        List<String> addresses = document.get("channels").findValuesAsText("address");
        assertThat(addresses)
                .containsAll(Topics.FIXED.stream()
                        .map(topic -> Topics.DEFAULT_PREFIX + topic)
                        .toList())
                .contains(Topics.DEFAULT_PREFIX
                        + Topics.analysisRequested("x", Priority.STAT)
                                .replace(".x.", ".{deployment}.")
                                .replace(".stat.", ".{lane}."));
        Set<String> types =
                new HashSet<>(document.get("components").get("messages").findValuesAsText("name"));
        for (Class<?> event : Event.class.getPermittedSubclasses()) {
            assertThat(types).contains("io.prelim." + event.getSimpleName() + ".v1");
        }
        for (String reference : document.get("components").get("messages").findValuesAsText("$ref")) {
            if (reference.startsWith("schema/")) {
                assertThat(EventSchemas.FOLDER.resolveSibling(reference)).exists();
            }
        }
    }
}
