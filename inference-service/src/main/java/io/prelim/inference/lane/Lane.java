package io.prelim.inference.lane;

import io.prelim.events.Priority;

/** The way a job comes: two topics, two lanes of one queue. */
public enum Lane {
    STAT(Priority.STAT),
    ROUTINE(Priority.ROUTINE);

    private final Priority priority;

    Lane(Priority priority) {
        this.priority = priority;
    }

    public Priority priority() {
        return priority;
    }
}
