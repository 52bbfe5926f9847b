package io.prelim.inference.parts;

import io.prelim.events.PartReference;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A part as far as it has come: grows with what is received, never by what is promised, and digests as it grows. */
final class PartBuffer {
    private static final int FIRST = 64 * 1024;

    private final PartReference part;
    private final MessageDigest digest = sha256();
    private byte[] bytes;
    private int received;

    /** @param part of a length that fits an array */
    PartBuffer(PartReference part) {
        this.part = part;
        this.bytes = new byte[(int) Math.min(FIRST, part.length())];
    }

    int received() {
        return received;
    }

    void restart() {
        received = 0;
        digest.reset();
    }

    /**
     * Reads to the end of the stream.
     *
     * @throws PartUnavailable if there is more than the part's length
     */
    void readFrom(InputStream in) throws IOException, PartUnavailable {
        while (received < part.length()) {
            if (received == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(part.length(), 2L * bytes.length));
            }
            int n = in.read(bytes, received, bytes.length - received);
            if (n < 0) {
                return;
            }
            digest.update(bytes, received, n);
            received += n;
        }
        if (in.read() >= 0) {
            throw new PartUnavailable(
                    "part-length-mismatch",
                    "A stored part has more than the " + part.length() + " bytes it should have.");
        }
    }

    boolean complete() {
        return received == part.length();
    }

    /** @return null if the digest is not the one the reference says; then nothing is kept */
    byte[] verified() {
        String found = "sha256:" + HexFormat.of().formatHex(digest.digest());
        if (!found.equalsIgnoreCase(part.digest())) {
            restart();
            return null;
        }
        return bytes.length == received ? bytes : Arrays.copyOf(bytes, received);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
