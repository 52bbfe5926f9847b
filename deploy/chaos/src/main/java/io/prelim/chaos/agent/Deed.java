package io.prelim.chaos.agent;

import java.util.Locale;

/** A bug planted into ingest's code, so that the checker can show that it sees it. */
public enum Deed {
    /** The sync of a segment does nothing. */
    SKIP_SYNC("io.prelim.store.Disk$1", "sync", PlantedBugs.SkipSync.class),
    /** The index answers before it has written, and writes late. */
    ACKNOWLEDGE_EARLY("io.prelim.ingest.index.InstanceIndex", "add", PlantedBugs.AcknowledgeEarly.class),
    /** Of what is stored, every seventh is answered as refused. */
    REFUSE_WHAT_IS_STORED("io.prelim.ingest.receive.InstanceReceiver", "receipt", PlantedBugs.RefuseStored.class);

    private final String className;
    private final String method;
    private final Class<?> advice;

    Deed(String className, String method, Class<?> advice) {
        this.className = className;
        this.method = method;
        this.advice = advice;
    }

    /** Such as {@code skip-sync}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The class it is woven into. */
    public String className() {
        return className;
    }

    /** The method; all of that name. */
    public String method() {
        return method;
    }

    Class<?> advice() {
        return advice;
    }
}
