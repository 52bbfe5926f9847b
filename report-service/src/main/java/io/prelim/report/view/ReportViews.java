package io.prelim.report.view;

import io.prelim.events.PatientContext;
import io.prelim.events.ReportChanged;
import io.prelim.report.draft.Draft;
import io.prelim.report.render.Attestation;
import io.prelim.report.render.ReportView;
import io.prelim.report.store.FactStore;
import io.prelim.report.store.ReaderNotes;
import io.prelim.report.store.VersionRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes views of versions. */
@ApplicationScoped
public class ReportViews {
    private final FactStore facts;
    private final ReaderNotes notes;

    ReportViews(FactStore facts, ReaderNotes notes) {
        this.facts = facts;
        this.notes = notes;
    }

    /** What a version says to those who may read it. */
    public ReportView of(UUID reportKey, VersionRow row) {
        Draft draft = row.read();
        return ReportView.of(
                reportKey,
                row.version(),
                row.sequence(),
                ReportChanged.Status.valueOf(row.status()),
                row.createdAt(),
                draft,
                facts.context(row.contextId()).orElse(null),
                facts.signed(draft.studyKey()),
                words(reportKey, row, draft));
    }

    private ReportView.Words words(UUID reportKey, VersionRow row, Draft draft) {
        PatientContext quoted = facts.context(row.quotedContextId()).orElse(null);
        // no reader touched it
        return draft.held() == null
                ? new ReportView.Words(quoted, Map.of(), List.of())
                : new ReportView.Words(
                        quoted,
                        notes.words(reportKey),
                        notes.moves(reportKey).stream()
                                .filter(move -> move.version() <= row.version())
                                .flatMap(ReportViews::attestation)
                                .toList());
    }

    private static Stream<Attestation> attestation(ReaderNotes.Moved move) {
        ReportChanged.Status act =
                switch (move.move()) {
                    case CLAIM, RELEASE -> null;
                    case REVIEW -> ReportChanged.Status.REVIEWED;
                    case SIGN -> ReportChanged.Status.SIGNED;
                    case ADDEND -> ReportChanged.Status.ADDENDED;
                    case CORRECT -> ReportChanged.Status.CORRECTED;
                    case RETRACT -> ReportChanged.Status.RETRACTED;
                };
        return act == null ? Stream.empty() : Stream.of(new Attestation(act, move.by(), move.at()));
    }
}
