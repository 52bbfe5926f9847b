package io.prelim.report.subscribe;

/** What a stream client gets. */
public sealed interface StreamItem {
    /** Where the client stands after it: what it resumes from. */
    long position();

    /** First of all: the stream is open, nothing was missed up to here. */
    record Opened(long position) implements StreamItem {}

    /** @param event JSON of {@link io.prelim.events.ReportChanged} */
    record Change(long position, String event) implements StreamItem {}

    /** The log does not hold what the client asked to resume from: it must read the list again, then go on from here. */
    record Reset(long position) implements StreamItem {}

    /** Nothing happened. */
    record Heartbeat(long position) implements StreamItem {}
}
