package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The one JSON mapper. Readers accept fields and enum values they do not know (a newer writer); times are ISO 8601 text; nulls are
 * left out.
 */
public final class EventJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private EventJson() {}

    /** Shared and immutable in use: callers must not reconfigure it. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** UTF-8 JSON of an event or internal document. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UnreadableEvent if the bytes are not JSON of that type; the message carries no content */
    public static <T> T read(byte[] json, Class<T> type) throws UnreadableEvent {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new UnreadableEvent(type, json.length, "JSON null");
            }
            return value;
        } catch (JsonProcessingException e) {
            String at = e.getLocation() == null
                    ? "unknown place"
                    : "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new UnreadableEvent(type, json.length, e.getClass().getSimpleName() + " at " + at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
