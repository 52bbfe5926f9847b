package io.prelim.inference.start;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** A service that other machines can reach must know who calls. HTTP here knows nobody yet, so it listens on loopback alone. */
@ApplicationScoped
public class ListenGuard {
    private static final Logger LOG = Logger.getLogger("io.prelim.inference");
    private static final int REFUSED_EXIT_CODE = 78; // sysexits.h EX_CONFIG

    /** Before anything is opened: the process ends with one line. */
    void check(@Observes @Priority(1) StartupEvent event, @ConfigProperty(name = "quarkus.http.host") String host) {
        refusal(host).ifPresent(reason -> {
            LOG.fatal(reason);
            // nothing has started that would want an orderly end, and a thrown exception would bury the line in a stack
            // trace
            Runtime.getRuntime().halt(REFUSED_EXIT_CODE);
        });
    }

    /** @return why the service must not start; empty when it may */
    static Optional<String> refusal(String host) {
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return Optional.empty();
            }
            return Optional.of("PIF0007 Not started: quarkus.http.host=" + host
                    + " can be reached from other machines, and no authentication is configured. Use 127.0.0.1.");
        } catch (UnknownHostException e) {
            return Optional.of("PIF0007 Not started: quarkus.http.host=" + host + " is no address of this machine.");
        }
    }
}
