package io.prelim.chaos.fault;

import java.util.Locale;

/** A process that can be killed. */
public enum Target {
    INGEST,
    /** Planner and worker. */
    INFERENCE,
    REPORT,
    BROKER,
    DATABASE;

    /** For people. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
