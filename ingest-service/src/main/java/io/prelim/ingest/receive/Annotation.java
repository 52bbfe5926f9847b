package io.prelim.ingest.receive;

import io.prelim.store.Sha256;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What stands beside a header part in the log: with the header's bytes it is all that the index is made from. No patient identity.
 *
 * @param pixelsAt where the pixels' value was taken out of the object
 * @param headerLength bytes of the elements before (7FE0,0010)
 * @param pixelsDigest of the value of (7FE0,0010), inflated; null when absent or empty
 * @param sender as its door names it, at most {@value #MAX_SENDER} characters of it
 * @param fetched whether it may be here because we fetched it
 */
record Annotation(
        String transferSyntaxUid,
        long pixelsAt,
        long headerLength,
        Sha256 pixelsDigest,
        String sender,
        boolean fetched) {
    static final int MAX_SENDER = 64;
    private static final String NONE = "none";

    Annotation {
        sender = sender.length() <= MAX_SENDER ? sender : sender.substring(0, MAX_SENDER);
    }

    static Annotation of(Reception reception, SplitObject object) {
        return new Annotation(
                reception.transferSyntaxUid(),
                object.pixelsAt(),
                object.headerLength(),
                object.pixelsDigest(),
                reception.sender(),
                reception.fetched());
    }

    String text() {
        return "ts=" + transferSyntaxUid + ";at=" + pixelsAt + ";header=" + headerLength + ";pixels="
                + (pixelsDigest == null ? NONE : pixelsDigest.hex()) + ";fetched=" + fetched + ";from="
                + URLEncoder.encode(sender, StandardCharsets.UTF_8);
    }

    /** Empty when the text is none that {@link #text()} makes, or has a field less. Fields that are not known are passed over. */
    static Optional<Annotation> parse(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split(";")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        try {
            String pixels = fields.get("pixels");
            long at = Long.parseLong(fields.getOrDefault("at", ""));
            long header = Long.parseLong(fields.getOrDefault("header", ""));
            if (pixels == null || at < 0 || header < 0 || !fields.containsKey("ts")) {
                return Optional.empty();
            }
            return Optional.of(new Annotation(
                    fields.get("ts"),
                    at,
                    header,
                    pixels.equals(NONE) ? null : new Sha256(pixels),
                    URLDecoder.decode(fields.getOrDefault("from", ""), StandardCharsets.UTF_8),
                    Boolean.parseBoolean(fields.get("fetched"))));
        } catch (IllegalArgumentException e) { // of numbers, digest and encoding alike
            return Optional.empty();
        }
    }

    /** Of a pixels part: which header part it belongs to. */
    static String ofPixels(UUID headerPart) {
        return "header=" + headerPart;
    }
}
