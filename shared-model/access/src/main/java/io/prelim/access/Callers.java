package io.prelim.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/** Knows who asks now. */
@ApplicationScoped
public class Callers {
    private final SecurityIdentity identity;

    Callers(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Of the request that this thread answers. */
    public Caller current() {
        Caller caller = identity.getAttribute(Caller.ATTRIBUTE);
        return caller == null ? Caller.STRANGER : caller;
    }
}
