package io.prelim.report.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.events.Code;
import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.report.template.Section;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Answers of writers, faithful and hostile, written by hand and without a look at what reads them. */
final class Corpus {
    private Corpus() {}

    /** @param kind {@code faithful}, or what is wrong with it */
    record Answer(String language, List<Given> given, String kind, String why, List<Written> sentences) {
        boolean faithful() {
            return kind.equals("faithful");
        }

        @Override
        public String toString() {
            return language + " " + kind + " (" + why + "): "
                    + sentences.stream().map(Written::text).toList();
        }
    }

    static List<Answer> read(String name) throws Exception {
        List<Answer> answers = new ArrayList<>();
        try (InputStream in = Corpus.class.getResourceAsStream(name)) {
            for (JsonNode each : EventJson.read(in.readAllBytes(), JsonNode.class)) {
                String language = each.path("language").asText();
                List<Given> given = new ArrayList<>();
                each.path("given").forEach(statement -> given.add(given(statement)));
                each.path("faithful")
                        .forEach(answer -> answers.add(
                                new Answer(language, given, "faithful", "", sentences(answer.path("sentences")))));
                each.path("hostile")
                        .forEach(answer -> answers.add(new Answer(
                                language,
                                given,
                                answer.path("kind").asText(),
                                answer.path("why").asText(),
                                sentences(answer.path("sentences")))));
            }
        }
        return answers;
    }

    private static Given given(JsonNode statement) {
        List<Given.Measure> measures = new ArrayList<>();
        statement
                .path("measures")
                .forEach(measure -> measures.add(new Given.Measure(
                        measure.path("name").asText(),
                        measure.path("value").asText(),
                        measure.path("unit").asText())));
        String site = statement.path("site").textValue();
        return new Given(
                id(statement.path("id").asText()),
                section(statement),
                statement.path("term").asText(),
                new Code(
                        statement.path("scheme").asText(),
                        statement.path("code").asText(),
                        null),
                Level.of(statement.path("certainty").asText()).orElseThrow(),
                statement.path("side").textValue(),
                site,
                site == null ? null : new Code("SCT", "39607008", null),
                statement.path("probability").textValue(),
                measures,
                statement.path("urgent").asBoolean());
    }

    private static List<Written> sentences(JsonNode sentences) {
        List<Written> written = new ArrayList<>();
        for (JsonNode sentence : sentences) {
            List<UUID> statements = new ArrayList<>();
            sentence.path("statements").forEach(id -> statements.add(id(id.asText())));
            written.add(new Written(
                    section(sentence), statements, sentence.path("text").asText()));
        }
        return written;
    }

    private static Section section(JsonNode of) {
        return Section.valueOf(of.path("section").asText().toUpperCase(Locale.ROOT));
    }

    private static UUID id(String name) {
        return Ids.v5("statement", name);
    }
}
