package io.prelim.ingest.orders;

import io.prelim.events.Code;
import io.prelim.ingest.config.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** Codes that are ordered, as those that models and templates know. */
@ApplicationScoped
public class Procedures {
    private final Map<String, Code> mapped = new HashMap<>();

    Procedures(IngestConfig config) {
        config.orders().procedures().forEach((ordered, code) -> mapped.put(ordered, parse(ordered, code)));
    }

    private static Code parse(String ordered, String code) {
        String[] parts = code.split("\\^", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new IllegalArgumentException(
                    "prelim.orders.procedures.\"" + ordered + "\": \"" + code + "\" is not SCHEME^CODE[^MEANING]");
        }
        return new Code(parts[0], parts[1], parts.length < 3 ? null : parts[2]);
    }

    /** Null when it is not mapped. */
    Code of(Code ordered) {
        Code ofScheme = mapped.get(ordered.scheme() + "|" + ordered.value());
        return ofScheme != null ? ofScheme : mapped.get(ordered.value());
    }
}
