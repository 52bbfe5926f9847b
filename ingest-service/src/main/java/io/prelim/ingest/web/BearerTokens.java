package io.prelim.ingest.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Bearer tokens (RFC 6750) and whose they are. Blank ones are nobody's. Holds digests, not the tokens. */
public final class BearerTokens {
    private static final String SCHEME = "bearer ";

    private record Token(String owner, byte[] digest) {}

    private final List<Token> tokens = new ArrayList<>();

    /** @param byOwner a token for each owner */
    public BearerTokens(Map<String, String> byOwner) {
        byOwner.forEach((owner, token) -> {
            if (!token.isBlank()) {
                tokens.add(new Token(owner, sha256(token.strip())));
            }
        });
    }

    /**
     * @param authorization the header's value, or null
     * @return whose token it is; none when it is nobody's. Takes the same time whatever the token
     */
    public Set<String> owners(String authorization) {
        Set<String> owners = new HashSet<>();
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            byte[] digest = sha256(authorization.substring(SCHEME.length()).strip());
            for (Token token : tokens) {
                if (MessageDigest.isEqual(token.digest(), digest)) {
                    owners.add(token.owner());
                }
            }
        }
        return owners;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
