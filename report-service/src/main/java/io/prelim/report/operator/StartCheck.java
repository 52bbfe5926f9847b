package io.prelim.report.operator;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
        if (!loopback(host)) {
            LOG.write(OperatorMessage.HOST_REFUSED, "host", host);
            throw StartRefusal.exit();
        }
        LOG.write(OperatorMessage.STARTED, "host", host);
    }

    /** A name counts as loopback only if it resolves to nothing else. */
    static boolean loopback(String host) {
        if (host.isBlank()) {
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
