package io.prelim.report.subscribe;

import io.prelim.report.store.EventLog;
import java.util.List;

/** How a feed reads the event log. */
interface LogReader {
    EventLog.Range range();

    /** Entries after a position, in order, without gaps. */
    List<EventLog.Entry> after(long position, int limit);
}
