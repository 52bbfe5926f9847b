package io.prelim.ingest.remote;

import io.prelim.ingest.config.IngestConfig;

/** Remotes outside the service. */
public final class TestRemotes {
    private TestRemotes() {}

    public static Remotes of(IngestConfig config) {
        return new Remotes(config, new DicomTls(config));
    }
}
