package io.prelim.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.UUID;

/** Parts of seeded random bytes. */
public final class Parts {
    private Parts() {}

    public static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static NewPart part(byte[] bytes) {
        try {
            Content content = Content.of(bytes);
            return new NewPart(
                    UUID.randomUUID(), new UUID(1, 2), 2, "1.2.3", "ts=1.2.840.10008.1.2", Sha256.of(content), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] read(SegmentLog log, Location location) throws IOException {
        try (InputStream in = log.read(location)) {
            return in.readAllBytes();
        }
    }
}
