package io.prelim.ingest.remote;

import io.prelim.ingest.config.RemoteConfig;

/**
 * A peer that this service may call.
 *
 * @param name what the configuration calls it; fit for log lines and metric labels
 * @param aeTitle as it calls itself, and is called
 * @param host name or address it listens at
 * @param port 1 to 65535
 * @param tls whether it is spoken to over TLS
 */
public record Remote(String name, String aeTitle, String host, int port, boolean tls) {
    /** @throws IllegalArgumentException when the host has no port, or the port no host */
    static Remote of(String name, RemoteConfig config) {
        if (config.host().isEmpty() || config.port().isEmpty()) {
            throw new IllegalArgumentException(Remotes.setting(name) + ": host and port belong together");
        }
        return new Remote(
                name, config.aeTitle(), config.host().get(), config.port().getAsInt(), config.tls());
    }
}
