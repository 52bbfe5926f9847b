package io.prelim.ingest.web;

import io.prelim.events.PartClass;
import io.prelim.ingest.config.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who may read parts, of which classes. Without a token configured nobody may. */
@ApplicationScoped
class PartClients {
    private static final String SCHEME = "bearer ";

    private record Client(byte[] token, Set<PartClass> classes) {}

    private final List<Client> clients = new ArrayList<>();

    @Inject
    PartClients(IngestConfig config) {
        this(config.parts().tokens().inference(), config.parts().tokens().report());
    }

    PartClients(Optional<String> inference, Optional<String> report) {
        // headers identify the patient: neither inference, which must not know, nor report, which is told, gets them
        add(inference, EnumSet.of(PartClass.PIXELS, PartClass.MANIFEST));
        add(report, EnumSet.of(PartClass.PIXELS, PartClass.MANIFEST));
    }

    private void add(Optional<String> token, Set<PartClass> classes) {
        token.filter(text -> !text.isBlank()).ifPresent(text -> clients.add(new Client(sha256(text), classes)));
    }

    /**
     * @param authorization the header's value, or null
     * @return the classes its owner may read; empty when it is nobody's. Takes the same time whatever the token
     */
    Optional<Set<PartClass>> allowed(String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        byte[] token = sha256(authorization.substring(SCHEME.length()).strip());
        Set<PartClass> allowed = EnumSet.noneOf(PartClass.class);
        for (Client client : clients) {
            if (MessageDigest.isEqual(client.token(), token)) {
                allowed.addAll(client.classes());
            }
        }
        return allowed.isEmpty() ? Optional.empty() : Optional.of(allowed);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
