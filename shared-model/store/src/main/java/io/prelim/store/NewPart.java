package io.prelim.store;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * A part to append. What is said here is written beside the bytes, so that an index can be rebuilt from the log alone; it holds
 * no patient identity.
 *
 * @param partClass what the part holds, in the owner's numbering, 1 to 255
 * @param instanceUid SOP Instance UID, or empty for a part of the whole study; at most 64 bytes
 * @param annotation what else the owner needs to rebuild its index, opaque here; at most {@value #MAX_ANNOTATION} bytes of UTF-8
 * @param digest of the content
 */
public record NewPart(
        UUID partId,
        UUID studyKey,
        int partClass,
        String instanceUid,
        String annotation,
        Sha256 digest,
        Content content) {
    public static final int MAX_INSTANCE_UID = 64;
    public static final int MAX_ANNOTATION = 1024;

    public NewPart {
        Objects.requireNonNull(partId, "partId");
        Objects.requireNonNull(studyKey, "studyKey");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(content, "content");
        require(partClass >= 1 && partClass <= 255, "partClass must be 1 to 255");
        require(utf8(instanceUid) <= MAX_INSTANCE_UID, "instanceUid is longer than 64 bytes");
        require(utf8(annotation) <= MAX_ANNOTATION, "annotation is longer than " + MAX_ANNOTATION + " bytes");
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
