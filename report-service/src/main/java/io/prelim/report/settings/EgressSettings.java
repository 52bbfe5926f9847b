package io.prelim.report.settings;

import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Where an address that others may have chosen can lead, {@code prelim.report.egress.*}: nowhere, without these. */
public interface EgressSettings {
    /** Names or addresses of hosts, {@code hooks.example} for port 443 and {@code hooks.example:8443} for another. */
    Optional<List<String>> hosts();

    /**
     * Ranges that are not of the public internet and may be led to all the same, such as {@code 10.20.0.0/16} or {@code fd12::/32}. An
     * address where a cloud tells its machines their secrets must be named alone, with {@code /32} or {@code /128}.
     */
    Optional<List<String>> addresses();

    /** How many webhooks may be registered while the service runs. */
    @WithDefault("32")
    int mostWebhooks();
}
