package io.prelim.report.neighbour;

import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.operator.StartRefusal;
import io.prelim.report.settings.ReportSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Optional;

/** Images and tokens travel encrypted, or stay on this machine. */
@ApplicationScoped
class NeighbourCheck {
    private static final OperatorLog LOG = OperatorLog.of(NeighbourCheck.class);

    private final ReportSettings settings;

    NeighbourCheck(ReportSettings settings) {
        this.settings = settings;
    }

    void onStart(@Observes @Priority(4) StartupEvent event) {
        check("prelim.report.images.url", settings.images().url());
        check("prelim.report.models.url", settings.models().url());
    }

    private static void check(String setting, Optional<URI> url) {
        if (url.isPresent() && !Neighbour.usable(url.get())) {
            LOG.write(
                    OperatorMessage.NEIGHBOUR_REFUSED,
                    "problem",
                    setting + " must begin with https:// unless it is a loopback address, and name no user");
            throw StartRefusal.exit();
        }
    }
}
