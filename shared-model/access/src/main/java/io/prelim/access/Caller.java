package io.prelim.access;

import java.util.Set;

/**
 * Who asks.
 *
 * @param name  as they signed in; in {@link AccessSettings.Mode#OPEN} that of nobody in particular
 * @param named whether {@code name} was proven
 */
public record Caller(String name, Set<String> roles, Sites sites, boolean named) {
    /** Where a {@link io.quarkus.security.identity.SecurityIdentity} carries it. */
    public static final String ATTRIBUTE = "prelim.caller";

    /** Whoever uses this machine, where no authentication is configured. */
    public static final Caller ANYBODY = new Caller("anybody", Set.copyOf(Roles.ALL), Sites.ALL, false);

    /** Somebody who has not signed in. */
    public static final Caller STRANGER = new Caller("stranger", Set.of(), Sites.NONE, false);

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean is(String role) {
        return roles.contains(role);
    }
}
