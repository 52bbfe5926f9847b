package io.prelim.ingest.web.dicom;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.web.BearerTokens;
import jakarta.enterprise.context.ApplicationScoped;

/** Who may read: whoever shows one of {@code prelim.dicom-web.tokens}; without one configured, nobody. */
@ApplicationScoped
class Readers {
    private final BearerTokens tokens;

    Readers(IngestConfig config) {
        this.tokens = new BearerTokens(config.dicomWeb().tokens());
    }

    /** @param authorization the header's value, or null */
    boolean include(String authorization) {
        return !tokens.owners(authorization).isEmpty();
    }
}
