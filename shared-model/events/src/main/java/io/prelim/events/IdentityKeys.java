package io.prelim.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys of orders and patients that nobody without the secret can make or guess the number from, however short it is. A key is
 * HMAC-SHA-256 (RFC 2104) over kind ({@code order} or {@code patient}), issuer and number, each as UTF-8 behind its length in four
 * bytes, most significant first; the first 16 bytes of it as a UUID of version 8 (RFC 9562 section 5.8). Who publishes orders or
 * patients makes them the same way with the same secret. Immutable.
 */
public final class IdentityKeys {
    /** Bytes of a secret, at least. */
    public static final int SHORTEST_SECRET = 16;

    private final SecretKeySpec secret;

    /** @param secret its UTF-8 bytes are the key of the HMAC; {@value #SHORTEST_SECRET} bytes at least */
    public IdentityKeys(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "a secret of " + bytes.length + " bytes is shorter than " + SHORTEST_SECRET);
        }
        this.secret = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** @param number {@link Order#number} */
    public UUID order(String issuer, Phi<String> number) {
        return key("order", issuer, number);
    }

    public UUID patient(String issuer, Phi<String> id) {
        return key("patient", issuer, id);
    }

    private UUID key(String kind, String issuer, Phi<String> number) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            for (String part : new String[] {kind, issuer, number.reveal()}) {
                byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(4).putInt(utf8.length).array());
                mac.update(utf8);
            }
            ByteBuffer hash = ByteBuffer.wrap(mac.doFinal());
            long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
