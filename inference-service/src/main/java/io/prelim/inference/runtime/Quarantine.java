package io.prelim.inference.runtime;

import io.prelim.inference.log.OperatorMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps a model whose processes end one after the other from running for a while; then it is tried again. Of all sessions of a
 * deployment; thread-safe.
 */
public final class Quarantine {
    private final String deployment;
    private final int limit;
    private final Duration time;
    private final InstantSource clock;
    private Instant until = Instant.MIN;
    private int inARow;
    private long ended;

    /**
     * @param limit processes that end one after the other without an answer between them, 1 or more
     * @param time  for which the model is not run then
     */
    public Quarantine(String deployment, int limit, Duration time, InstantSource clock) {
        this.deployment = deployment;
        this.limit = limit;
        this.time = time;
        this.clock = clock;
    }

    /** Whether the model is not run now. */
    public synchronized boolean holds() {
        return clock.instant().isBefore(until);
    }

    /** Processes that ended when they should not have. */
    public synchronized long ended() {
        return ended;
    }

    void check() throws ModelFailure {
        if (holds()) {
            throw new ModelFailure(
                    ModelFailure.Kind.QUARANTINED, inARow + " of its processes ended one after the other", 1);
        }
    }

    synchronized void answered() {
        if (inARow >= limit) {
            OperatorMessage.MODEL_READMITTED.log("deployment", deployment);
        }
        inARow = 0;
        until = Instant.MIN;
    }

    synchronized void ended(HostEnded cause) {
        ended++;
        inARow++;
        OperatorMessage.HOST_ENDED.log("deployment", deployment, "reason", cause.getMessage(), "inARow", inARow);
        if (inARow >= limit) {
            until = clock.instant().plus(time);
            OperatorMessage.MODEL_QUARANTINED.log("deployment", deployment, "until", until);
        }
    }
}
