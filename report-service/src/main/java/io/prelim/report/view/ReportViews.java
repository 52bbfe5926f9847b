package io.prelim.report.view;

import io.prelim.events.ReportChanged;
import io.prelim.report.draft.Draft;
import io.prelim.report.render.ReportView;
import io.prelim.report.store.FactStore;
import io.prelim.report.store.ReaderNotes;
import io.prelim.report.store.VersionRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Makes views of versions. */
@ApplicationScoped
public class ReportViews {
    private final FactStore facts;
    private final ReaderNotes notes;

    ReportViews(FactStore facts, ReaderNotes notes) {
        this.facts = facts;
        this.notes = notes;
    }

    /** @param draft of that version */
    public ReportView of(UUID reportKey, VersionRow row, Draft draft) {
        return ReportView.of(
                reportKey,
                row.version(),
                row.sequence(),
                ReportChanged.Status.valueOf(row.status()),
                row.createdAt(),
                draft,
                facts.context(row.contextId()).orElse(null),
                facts.signed(draft.studyKey()),
                new ReportView.Words(
                        facts.context(row.quotedContextId()).orElse(null),
                        draft.held() == null ? Map.of() : notes.words(reportKey)));
    }
}
