package io.prelim.events;

import java.util.Objects;
import java.util.UUID;

/**
 * Names a stored part; only its owner's index knows where it lies.
 *
 * @param partId    opaque id
 * @param partClass what the part holds
 * @param length    bytes
 * @param digest    {@code sha256:} and 64 hexadecimal digits of the part's bytes
 */
public record PartReference(UUID partId, PartClass partClass, long length, String digest) {
    public PartReference {
        Objects.requireNonNull(partId, "partId");
        Objects.requireNonNull(partClass, "partClass");
        Objects.requireNonNull(digest, "digest");
        if (length < 0) {
            throw new IllegalArgumentException("length " + length + " is negative");
        }
    }
}
