package io.prelim.report.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key of a webhook: HMAC-SHA256 over {@code id.timestamp.body} (Standard Webhooks 1.0.0, "Signature scheme"). */
final class Secret {
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final int MADE = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException for what is none; holds nothing of it */
    static Secret of(String text) {
        String problem = "must be " + PREFIX + " and " + SHORTEST + " to " + LONGEST + " bytes in base64";
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(problem);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(problem);
        }
        if (key.length < SHORTEST || key.length > LONGEST) {
            throw new IllegalArgumentException(problem);
        }
        return new Secret(key);
    }

    /** A new one, as text. */
    static String make() {
        byte[] key = new byte[MADE];
        new SecureRandom().nextBytes(key);
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /**
     * The header {@code webhook-signature}: one for each secret.
     *
     * @param timestamp of the attempt, seconds since 1970
     */
    static String signatures(List<Secret> secrets, String id, long timestamp, byte[] body) {
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(secret.sign(id, timestamp, body)))
                .collect(Collectors.joining(" "));
    }

    private byte[] sign(String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
