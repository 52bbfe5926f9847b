package io.prelim.report.operator;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reports are identified and the API has no authentication yet: the service serves this machine alone, or does not start. */
@ApplicationScoped
class StartCheck {
    private static final OperatorLog LOG = OperatorLog.of(StartCheck.class);

    private final String host;

    StartCheck(@ConfigProperty(name = "quarkus.http.host") String host) {
        this.host = host;
    }

    void onStart(@Observes @Priority(1) StartupEvent event) {
        if (!Loopback.is(host)) {
            LOG.write(OperatorMessage.HOST_REFUSED, "host", host);
            throw StartRefusal.exit();
        }
        LOG.write(OperatorMessage.STARTED, "host", host);
    }
}
