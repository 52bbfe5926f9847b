package io.prelim.report.web;

import io.prelim.events.UnreadableEvent;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.DraftJson;
import io.prelim.report.store.ReportStore;
import io.prelim.report.store.VersionRow;
import jakarta.ws.rs.NotFoundException;
import java.util.UUID;

/** A version of a report and the draft it holds. */
record StoredDraft(VersionRow row, Draft draft) {
    /**
     * @param version a parameter; null for the newest
     * @throws NotFoundException if there is none
     */
    static StoredDraft version(ReportStore reports, UUID reportKey, String version) {
        Integer number = version == null ? null : (int) Parameters.number("version", version, 1, Integer.MAX_VALUE, 0);
        VersionRow row = reports.version(reportKey, number).orElseThrow(NotFoundException::new);
        try {
            return new StoredDraft(row, DraftJson.read(row.draft()));
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("a stored version is no draft", e);
        }
    }
}
