package io.prelim.ingest.web.multipart;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * One part of a multipart body.
 *
 * @param headers by name in lower case
 * @param body ends where the part does; good until the next part is asked for
 */
public record Part(Map<String, String> headers, InputStream body) {
    public Part {
        headers = Map.copyOf(headers);
    }

    /** The header's value, or null. */
    public String header(String name) {
        return headers.get(name);
    }

    /** What the part is said to be; nothing when it does not say, or not well. */
    public Optional<ContentType> contentType() {
        return Optional.ofNullable(header("content-type")).flatMap(ContentType::parse);
    }
}
