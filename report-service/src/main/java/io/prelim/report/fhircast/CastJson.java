package io.prelim.report.fhircast;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes what passes a hub as it is: decimals keep their digits (FHIR R4 2.24.0.1). */
final class CastJson {
    private static final ObjectReader READER = EventJson.mapper()
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private CastJson() {}

    /** @throws Refused 400 unless the bytes are one JSON object */
    static ObjectNode object(byte[] json) {
        try {
            JsonNode node = READER.readTree(json);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // said below
        }
        throw Refused.bad("the body must be one JSON object, no name twice in it");
    }

    static ObjectNode object(String json) {
        return object(json.getBytes(StandardCharsets.UTF_8));
    }

    static String text(JsonNode node) {
        try {
            return EventJson.mapper().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
