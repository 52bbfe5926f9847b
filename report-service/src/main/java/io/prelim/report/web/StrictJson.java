package io.prelim.report.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.prelim.events.EventJson;
import java.io.IOException;
import java.io.InputStream;

/** Reads bodies strictly: a field that is not known is refused, as what it was meant to do would not be done. */
final class StrictJson {
    /** Bytes of a body, at most. */
    static final int MOST_BYTES = 256 << 10;

    private static final ObjectReader STRICT = EventJson.mapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .without(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private StrictJson() {}

    /** @throws BadParameter if the body is too long, or no JSON of that type */
    static <T> T read(InputStream body, Class<T> type) {
        try {
            T value = STRICT.forType(type).readValue(bytes(body));
            if (value == null) {
                throw new BadParameter("body", "must be a JSON object");
            }
            return value;
        } catch (JsonProcessingException e) {
            // the message may quote words
            throw new BadParameter(
                    "body",
                    "cannot be read"
                            + (e.getLocation() == null
                                    ? ""
                                    : " at line " + e.getLocation().getLineNr() + ", column "
                                            + e.getLocation().getColumnNr())
                            + ": it must be JSON with the fields of this request alone");
        } catch (IOException e) {
            throw new BadParameter("body", "cannot be read");
        }
    }

    private static byte[] bytes(InputStream body) {
        try {
            byte[] json = body.readNBytes(MOST_BYTES + 1);
            if (json.length > MOST_BYTES) {
                throw new BadParameter("body", "must have at most " + MOST_BYTES + " bytes");
            }
            return json;
        } catch (IOException e) {
            throw new BadParameter("body", "did not come whole, or not in time");
        }
    }
}
