package io.prelim.ingest.association;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.RemoteConfig;
import io.prelim.ingest.hint.Hint;
import io.prelim.ingest.hint.Hints;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.remote.Errands;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Takes the release of an association for the end of its studies, where the site says that its AE works so. */
@ApplicationScoped
class ReleaseHints {
    private static final Logger LOG = Logger.getLogger(ReleaseHints.class);

    private final Hints hints;
    private final Set<String> aeTitles;
    private final CarriedStudies studies = new CarriedStudies();
    private final Errands errands = new Errands(
            "release-hints", 1, e -> OperatorMessage.RELEASE_FAILED.log(LOG, "reason", OperatorMessage.reason(e)));

    ReleaseHints(Hints hints, IngestConfig config) {
        this.hints = hints;
        this.aeTitles = config.dicom().remotes().values().stream()
                .filter(RemoteConfig::completeOnRelease)
                .map(RemoteConfig::aeTitle)
                .collect(Collectors.toUnmodifiableSet());
    }

    @PreDestroy
    void stop() throws InterruptedException {
        errands.stop();
    }

    void stored(String associationId, String callingAeTitle, UUID studyKey) {
        if (aeTitles.contains(callingAeTitle)) {
            studies.carried(associationId, studyKey);
        }
    }

    void released(String associationId) {
        List<UUID> ended = studies.ended(associationId);
        if (!ended.isEmpty()) {
            errands.start(() -> ended.forEach(study -> hints.end(study, Hint.released())));
        }
    }

    /** What was cut off may go on. */
    void aborted(String associationId) {
        studies.ended(associationId);
    }
}
