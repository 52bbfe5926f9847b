package io.prelim.ingest.remote;

import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.ingest.config.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The peers this service may call, by name and AE title; the one place that opens associations of its own. */
@ApplicationScoped
public class Remotes {
    private final Map<String, Remote> byAeTitle = new HashMap<>();
    private final Map<String, Remote> byName = new HashMap<>();
    private final IngestConfig.Dicom config;
    private final DicomTls tls;

    Remotes(IngestConfig config, DicomTls tls) {
        this.config = config.dicom();
        this.tls = tls;
        this.config.remotes().forEach((name, settings) -> {
            if (settings.host().isPresent() || settings.port().isPresent()) {
                add(Remote.of(name, settings));
            }
        });
    }

    /** What has to be set for a peer of that name. */
    static String setting(String name) {
        return "prelim.dicom.remotes." + name;
    }

    private void add(Remote remote) {
        Remote other = byAeTitle.putIfAbsent(remote.aeTitle(), remote);
        if (other != null) {
            throw new IllegalArgumentException(setting(remote.name()) + " and " + setting(other.name())
                    + " have one AE title, and each an address: which is meant cannot be told");
        }
        byName.put(remote.name(), remote);
    }

    /** The peer of an AE title, when it is known where it listens. */
    public Optional<Remote> ofAeTitle(String aeTitle) {
        return Optional.ofNullable(byAeTitle.get(aeTitle));
    }

    /** The peer of a name, when it is known where it listens. */
    public Optional<Remote> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Associates with it, under our own AE title, and waits for answers as long as the configuration says. */
    public DicomClient connect(Remote remote, List<PresentationContext> contexts) throws IOException {
        return connect(remote, contexts, config.answerTimeout());
    }

    /**
     * Associates with it, under our own AE title.
     *
     * @param answerTimeout to an answer
     * @throws IOException when it cannot be reached, or says no
     */
    public DicomClient connect(Remote remote, List<PresentationContext> contexts, Duration answerTimeout)
            throws IOException {
        ClientSettings settings = ClientSettings.of(remote.host(), remote.port(), config.aeTitle(), remote.aeTitle())
                .withTimeouts(config.connectTimeout(), answerTimeout);
        return DicomClient.connect(remote.tls() ? settings.withTls(tls.client()) : settings, contexts);
    }
}
