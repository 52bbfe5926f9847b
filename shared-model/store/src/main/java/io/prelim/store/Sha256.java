package io.prelim.store;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of a part's bytes (FIPS 180-4). */
public record Sha256(String hex) {
    public static final int BYTES = 32;

    public Sha256 {
        if (hex.length() != 2 * BYTES || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits");
        }
    }

    public static Sha256 of(Content content) throws IOException {
        MessageDigest digest = digest();
        content.forEach(digest::update);
        return of(digest.digest());
    }

    /** @param digest 32 bytes */
    public static Sha256 of(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /** A fresh digest to feed. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** {@code sha256:} and the digits, as events carry it. */
    public String prefixed() {
        return "sha256:" + hex;
    }

    @Override
    public String toString() {
        return prefixed();
    }
}
