package io.prelim.report.archive;

import io.prelim.events.EventJson;
import io.prelim.events.ReportChanged;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.render.sr.StructuredReport;
import io.prelim.report.settings.ArchiveSettings;
import io.prelim.report.store.ArchiveQueue;
import io.prelim.report.store.EventLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which instances an entry of the event log asks for: those of versions that are settled or signed, and the note of what is taken back. */
final class Wanted {
    private final Set<ArchiveSettings.Kind> kinds;
    private final Documents documents;

    Wanted(Set<ArchiveSettings.Kind> kinds, Documents documents) {
        this.kinds = kinds;
        this.documents = documents;
    }

    /** Masks before the report that refers to them. */
    List<ArchiveQueue.Item> of(EventLog.Entry entry) {
        ReportChanged change = read(entry);
        List<ArchiveQueue.Item> items = new ArrayList<>();
        if (change.status() == ReportChanged.Status.RETRACTED && kinds.contains(ArchiveSettings.Kind.SR)) {
            documents.note(change.reportKey(), change.version()).ifPresent(noted -> items.add(document(change, noted)));
        }
        if (!StructuredReport.sent(change.status(), change.settled())) {
            return items;
        }
        if (kinds.contains(ArchiveSettings.Kind.SEG)) {
            documents
                    .segments(change.reportKey(), change.version())
                    .forEach((finding, segment) -> items.add(new ArchiveQueue.Item(
                            change.reportKey(), change.version(), finding, segment.sopInstanceUid())));
        }
        if (kinds.contains(ArchiveSettings.Kind.SR)) {
            items.add(document(change, change.version()));
        }
        return items;
    }

    private static ArchiveQueue.Item document(ReportChanged change, int version) {
        return new ArchiveQueue.Item(
                change.reportKey(), version, null, StructuredReport.instance(change.reportKey(), version));
    }

    private static ReportChanged read(EventLog.Entry entry) {
        try {
            return EventJson.read(entry.event().getBytes(StandardCharsets.UTF_8), ReportChanged.class);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("the event log holds no report change at " + entry.position(), e);
        }
    }
}
