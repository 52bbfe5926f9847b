package io.prelim.ingest.receive;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.RemoteConfig;
import io.prelim.ingest.index.Debounce;
import io.prelim.ingest.quiet.QuietPeriods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What receiving needs to know of the configuration.
 *
 * @param archives asked how many instances they have, by the AE title of who sends to them
 * @param spoolDirectory on the store's volume, so that its free space covers both
 */
record ReceiveSettings(
        String site,
        String issuer,
        long memoryBudget,
        long memoryPerObject,
        Path spoolDirectory,
        ReadLimits limits,
        Duration answerTimeout,
        Map<String, String> archives,
        Duration askAfter) {

    static ReceiveSettings of(IngestConfig config) {
        IngestConfig.Receive receive = config.receive();
        return new ReceiveSettings(
                config.site(),
                config.issuer(),
                receive.memoryBudget().asLongValue(),
                receive.memoryPerObject().asLongValue(),
                config.store().directory().resolve("spool"),
                ReceiveLimits.of(config),
                receive.answerTimeout(),
                archives(config.dicom()),
                config.assembly().hints().askAfter());
    }

    private static Map<String, String> archives(IngestConfig.Dicom config) {
        return config.remotes().values().stream()
                .filter(remote -> remote.archive().isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        RemoteConfig::aeTitle, remote -> remote.archive().get(), (one, other) -> one));
    }

    Debounce debounce(QuietPeriods.Quiet quiet, String sender) {
        String archive = archives.get(sender);
        return new Debounce(
                quiet.millis(), quiet.gaps(), quiet.setMillis(), archive, archive == null ? null : askAfter.toMillis());
    }
}
