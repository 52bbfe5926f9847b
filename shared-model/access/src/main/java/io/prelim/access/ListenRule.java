package io.prelim.access;

import java.util.Optional;

/** When a service may serve HTTP to other machines. */
public final class ListenRule {
    private ListenRule() {}

    /**
     * @param loopback whether HTTP is served to this machine alone
     * @param tls      whether plain HTTP is off and TLS is on
     * @return why the service must not start
     */
    public static Optional<String> problem(AccessSettings settings, boolean loopback, boolean tls) {
        if (settings.mode() == AccessSettings.Mode.USERS
                && settings.users().file().isEmpty()) {
            return Optional.of("prelim.access.mode is users and prelim.access.users.file is not set");
        }
        if (loopback) {
            return Optional.empty();
        }
        if (settings.mode() == AccessSettings.Mode.OPEN) {
            return Optional.of("the HTTP host is reachable from other machines and no authentication is configured;"
                    + " set prelim.access.mode, or quarkus.http.host to a loopback address");
        }
        if (!tls && !settings.tlsEndsBefore()) {
            return Optional.of("the HTTP host is reachable from other machines and passwords would cross the network in"
                    + " clear; set quarkus.http.ssl.certificate.* and quarkus.http.insecure-requests=disabled, or"
                    + " prelim.access.tls-ends-before=true where TLS ends before the service");
        }
        return Optional.empty();
    }
}
