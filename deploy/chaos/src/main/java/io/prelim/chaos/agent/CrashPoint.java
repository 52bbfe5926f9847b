package io.prelim.chaos.agent;

import java.util.Locale;

/** A moment at which a service can be made to die as by SIGKILL: nothing is flushed, no hook runs, nobody is told. */
public enum CrashPoint {
    /** The object came in whole; no byte of it is in the log. */
    AFTER_SPOOL("ingest", "io.prelim.ingest.receive.InstanceReceiver", "store", Moment.ENTRY),
    /** Its records are written, not synced. */
    AFTER_SEGMENT_WRITE("ingest", "io.prelim.store.Disk$1", "sync", Moment.ENTRY),
    /** Its records are synced; the index does not know it. */
    AFTER_SYNC("ingest", "io.prelim.store.Disk$1", "sync", Moment.EXIT),
    /** The index is about to be told. */
    BEFORE_INDEX_COMMIT("ingest", "io.prelim.ingest.index.AddInstances", "add", Moment.ENTRY),
    /** Index and outbox rows are committed; no answer is under way. */
    AFTER_INDEX_COMMIT("ingest", "io.prelim.ingest.index.AddInstances", "add", Moment.EXIT),
    /** All is done but the answer. */
    BEFORE_ANSWER("ingest", "io.prelim.ingest.receive.InstanceReceiver", "ended", Moment.ENTRY),
    /** The broker has the event; the outbox does not know. */
    AFTER_OUTBOX_SEND("ingest", "io.prelim.ingest.publish.Claims", "sent", Moment.ENTRY),
    /** A study is due, and claimed. */
    DEBOUNCE_FIRED("ingest", "io.prelim.ingest.completion.StudyCompleter", "complete", Moment.ENTRY),
    /** Plan and jobs are with the broker; the study's offset is not committed. */
    AFTER_PLAN("inference", "io.prelim.inference.metrics.InferenceMetrics", "planned", Moment.ENTRY),
    /** The outcome is with the broker; the job's offset is not committed. */
    AFTER_OUTCOME("inference", "io.prelim.inference.intake.JobWorkers", "answered", Moment.ENTRY),
    /** A version is committed; nobody has been told. */
    AFTER_DRAFT_COMMIT("report", "io.prelim.report.publish.Publishing", "written", Moment.ENTRY);

    /** Where in the method. */
    enum Moment {
        ENTRY,
        /** By return, not by an exception. */
        EXIT
    }

    private final String service;
    private final String className;
    private final String method;
    private final Moment moment;

    CrashPoint(String service, String className, String method, Moment moment) {
        this.service = service;
        this.className = className;
        this.method = method;
        this.moment = moment;
    }

    /** Such as {@code after-sync}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The label of the service whose process dies. */
    public String service() {
        return service;
    }

    /** The class it is woven into. */
    public String className() {
        return className;
    }

    /** The method; all of that name. */
    public String method() {
        return method;
    }

    Moment moment() {
        return moment;
    }
}
