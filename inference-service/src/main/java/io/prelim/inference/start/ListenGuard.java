package io.prelim.inference.start;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A service that other machines can reach must know who calls. HTTP here knows nobody yet, so it listens on loopback alone. */
final class ListenGuard {
    private ListenGuard() {}

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
