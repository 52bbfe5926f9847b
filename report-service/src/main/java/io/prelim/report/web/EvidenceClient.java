package io.prelim.report.web;

import io.prelim.report.settings.ReportSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/** Who may hand evidence in: whoever has the token (RFC 6750). Without one configured nobody may. Holds its digest. */
@ApplicationScoped
class EvidenceClient {
    private static final String SCHEME = "bearer ";

    private final Optional<byte[]> token;

    @Inject
    EvidenceClient(ReportSettings settings) {
        this(settings.evidence().token());
    }

    EvidenceClient(Optional<String> token) {
        this.token = token.filter(each -> !each.isBlank()).map(each -> sha256(each.strip()));
    }

    /** @param authorization the header's value, or null. Takes the same time whatever the token */
    boolean knows(String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] shown = sha256(authorization.substring(SCHEME.length()).strip());
        return token.isPresent() && MessageDigest.isEqual(token.get(), shown);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
