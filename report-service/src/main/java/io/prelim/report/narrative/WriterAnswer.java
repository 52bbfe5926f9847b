package io.prelim.report.narrative;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.events.EventJson;
import io.prelim.report.statement.Given;
import io.prelim.report.statement.Written;
import io.prelim.report.template.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What is asked of a writer, and what it answers, as JSON. Statements have short names there: no id of a report leaves the house. */
final class WriterAnswer {
    private static final ObjectReader JSON =
            EventJson.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private WriterAnswer() {}

    static String question(String language, List<Given> given) {
        ObjectNode question = EventJson.mapper()
                .createObjectNode()
                .put("language", Locale.forLanguageTag(language).getDisplayLanguage(Locale.ENGLISH));
        ArrayNode statements = question.putArray("statements");
        for (int i = 0; i < given.size(); i++) {
            Given statement = given.get(i);
            ObjectNode one = statements
                    .addObject()
                    .put("id", name(i))
                    .put("section", section(statement.section()))
                    .put("term", statement.term())
                    .put("certainty", statement.level().key());
            if (statement.laterality() != null) {
                one.put("side", side(statement.laterality()));
            }
            if (statement.site() != null) {
                one.put("site", statement.site());
            }
            if (statement.probability() != null) {
                one.put("probability", statement.probability());
            }
            for (Given.Measure measure : statement.measures()) {
                one.withArray("measures")
                        .addObject()
                        .put("name", measure.name())
                        .put("value", measure.value())
                        .put("unit", measure.unit());
            }
            if (statement.urgent()) {
                one.put("urgent", true);
            }
        }
        return question.toString();
    }

    /** Empty for what is not of the form asked for. */
    static Optional<List<Written>> read(String answer, List<Given> given) {
        try {
            JsonNode sentences = JSON.readTree(answer).path("sentences");
            if (!sentences.isArray()) {
                return Optional.empty();
            }
            List<Written> written = new ArrayList<>();
            for (JsonNode sentence : sentences) {
                Section section = section(sentence.path("section"));
                if (section == null
                        || !sentence.path("text").isTextual()
                        || !sentence.path("statements").isArray()) {
                    return Optional.empty();
                }
                List<UUID> ids = new ArrayList<>();
                for (JsonNode name : sentence.path("statements")) {
                    UUID id = id(name, given);
                    if (id == null) {
                        return Optional.empty();
                    }
                    ids.add(id);
                }
                written.add(new Written(section, ids, sentence.path("text").asText()));
            }
            return Optional.of(written);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static UUID id(JsonNode name, List<Given> given) {
        for (int i = 0; i < given.size(); i++) {
            if (name.isTextual() && name.asText().equals(name(i))) {
                return given.get(i).id();
            }
        }
        return null;
    }

    private static Section section(JsonNode name) {
        for (Section section : List.of(Section.FINDINGS, Section.IMPRESSION)) {
            if (section(section).equals(name.asText())) {
                return section;
            }
        }
        return null;
    }

    private static String section(Section section) {
        return section.name().toLowerCase(Locale.ROOT);
    }

    private static String name(int statement) {
        return "s" + (statement + 1);
    }

    private static String side(String laterality) {
        return switch (laterality) {
            case "L" -> "left";
            case "R" -> "right";
            default -> "both sides";
        };
    }
}
