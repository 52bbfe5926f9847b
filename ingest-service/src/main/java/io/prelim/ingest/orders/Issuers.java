package io.prelim.ingest.orders;

import io.prelim.ingest.config.IdentityConfig;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.RemoteConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** Whose numbers the objects of a sender have. */
@ApplicationScoped
public class Issuers {
    private final IdentityConfig site;
    private final Collection<RemoteConfig> remotes;

    Issuers(IngestConfig config) {
        this.site = config.identity();
        this.remotes = config.dicom().remotes().values();
    }

    /** Of patient ids without (0010,0021). */
    String patients(String callingAeTitle) {
        return of(callingAeTitle, RemoteConfig::patientIssuer).orElseGet(site::patientIssuer);
    }

    String accessions(String callingAeTitle) {
        return of(callingAeTitle, RemoteConfig::accessionIssuer).orElseGet(site::accessionIssuer);
    }

    private Optional<String> of(String callingAeTitle, Function<RemoteConfig, Optional<String>> issuer) {
        return remotes.stream()
                .filter(remote -> remote.aeTitle().equals(callingAeTitle))
                .flatMap(remote -> issuer.apply(remote).stream())
                .findFirst();
    }
}
