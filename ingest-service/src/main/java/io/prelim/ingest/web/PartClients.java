package io.prelim.ingest.web;

import io.prelim.events.PartClass;
import io.prelim.ingest.config.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may read parts, of which classes. Without a token configured nobody may. */
@ApplicationScoped
class PartClients {
    private static final String INFERENCE = "inference";
    private static final String REPORT = "report";

    // headers identify the patient: neither inference, which must not know, nor report, which is told, gets them
    private static final Map<String, Set<PartClass>> CLASSES = Map.of(
            INFERENCE,
            EnumSet.of(PartClass.PIXELS, PartClass.MANIFEST),
            REPORT,
            EnumSet.of(PartClass.PIXELS, PartClass.MANIFEST));

    private final BearerTokens tokens;

    @Inject
    PartClients(IngestConfig config) {
        this(config.parts().tokens().inference(), config.parts().tokens().report());
    }

    PartClients(Optional<String> inference, Optional<String> report) {
        Map<String, String> byOwner = new HashMap<>();
        inference.ifPresent(token -> byOwner.put(INFERENCE, token));
        report.ifPresent(token -> byOwner.put(REPORT, token));
        this.tokens = new BearerTokens(byOwner);
    }

    /**
     * @param authorization the header's value, or null
     * @return the classes its owner may read; empty when it is nobody's
     */
    Optional<Set<PartClass>> allowed(String authorization) {
        Set<PartClass> allowed = EnumSet.noneOf(PartClass.class);
        tokens.owners(authorization).forEach(owner -> allowed.addAll(CLASSES.get(owner)));
        return allowed.isEmpty() ? Optional.empty() : Optional.of(allowed);
    }
}
