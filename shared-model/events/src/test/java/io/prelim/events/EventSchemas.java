package io.prelim.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a JSON Schema (2020-12) from an event's record, and holds documents against schemas. */
final class EventSchemas {
    static final Path FOLDER = Path.of("src/main/resources/io/prelim/events/schema");
    static final List<Class<?>> DOCUMENTS = List.of(
            OrderPlaced.class,
            OrderChanged.class,
            PatientUpdated.class,
            PatientMerged.class,
            StudyReceived.class,
            PatientContext.class,
            AnalysisPlanned.class,
            AnalysisRequested.class,
            StudyAnalyzed.class,
            ReportChanged.class,
            ReportSigned.class,
            ReportReviewed.class,
            StudyManifest.class);

    private EventSchemas() {}

    static String fileName(Class<?> document) {
        return document.getSimpleName() + ".v1.json";
    }

    static String generate(Class<?> document) throws IOException {
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
        config.with(Option.DEFINITIONS_FOR_ALL_OBJECTS).without(Option.FLATTENED_ENUMS_FROM_TOSTRING);
        config.forFields().withRequiredCheck(EventSchemas::required).withNullableCheck(field -> false);
        config.forTypesInGeneral().withCustomDefinitionProvider((type, context) -> {
            String format = type.getErasedType() == UUID.class
                    ? "uuid"
                    : type.getErasedType() == Instant.class ? "date-time" : null;
            if (format == null && type.getErasedType() != Phi.class) {
                return null;
            }
            ObjectNode text = context.getGeneratorConfig().createObjectNode().put("type", "string");
            if (format != null) {
                text.put("format", format);
            }
            return new CustomDefinition(text, true);
        });
        ObjectNode schema = (ObjectNode) new SchemaGenerator(config.build()).generateSchema(document);
        ObjectNode titled = schema.objectNode();
        titled.set("$schema", schema.remove("$schema"));
        titled.put("$id", "urn:prelim:schema:" + document.getSimpleName() + ".v1");
        titled.put("title", document.getSimpleName());
        titled.setAll(schema);
        return EventJson.mapper().writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(titled) + "\n";
    }

    /** What a document breaks of a schema; empty when it holds. */
    static List<String> violations(String schema, JsonNode document) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(document)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static boolean required(FieldScope field) {
        return !field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
