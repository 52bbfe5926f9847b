package io.prelim.report.desk;

import io.prelim.events.Ids;
import io.prelim.events.Phi;
import io.prelim.events.ReportChanged;
import io.prelim.events.ReportReviewed;
import io.prelim.report.draft.Draft;
import io.prelim.report.lifecycle.Command;
import io.prelim.report.lifecycle.Command.Act;
import io.prelim.report.lifecycle.Frozen;
import io.prelim.report.lifecycle.Move;
import io.prelim.report.lifecycle.ReportState;
import io.prelim.report.review.Differences;
import io.prelim.report.review.Holding;
import io.prelim.report.review.Review;
import io.prelim.report.review.Reviewing;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.ReaderNotes;
import io.prelim.report.store.ReportRow;
import io.prelim.report.store.ReportStore;
import io.prelim.report.store.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Takes what readers ask for, of the version they have before them. Each move is a version of its own, so that whoever has an older one
 * before them is told; what is refused writes nothing.
 */
@ApplicationScoped
public class ReadingDesk {
    private final ReportStore reports;
    private final Offers offers;
    private final Versions versions;
    private final ReaderNotes notes;
    private final ReviewLog reviews;
    private final boolean systemOfRecord;

    ReadingDesk(
            ReportStore reports,
            Offers offers,
            Versions versions,
            ReaderNotes notes,
            ReviewLog reviews,
            ReportSettings settings) {
        this.reports = reports;
        this.offers = offers;
        this.versions = versions;
        this.notes = notes;
        this.reviews = reviews;
        this.systemOfRecord = settings.systemOfRecord();
    }

    /**
     * What a reader asks for.
     *
     * @param by     the reader's id
     * @param review for {@link Act#REVIEW} and {@link Act#CORRECT}; else null
     * @param text   for {@link Act#ADDEND}; else null
     */
    public record Asked(Act act, String by, Review review, Phi<String> text) {}

    /** What became of it. */
    public sealed interface Answer {
        /** It is a version now. */
        record Done(int version, ReportChanged.Status status) implements Answer {}

        /** There is no such report, or it has no version. */
        record Missing() implements Answer {}

        /** The reader has an older version before them. */
        record Stale(int version) implements Answer {}

        /** Not legal from where the report stands. */
        record Refused(Move.Refused why, int version) implements Answer {}
    }

    /**
     * @param expected the version that the reader has before them
     * @throws io.prelim.report.review.UnusableReview if a review does not fit the version; nothing is written
     */
    @Transactional
    public Answer ask(UUID reportKey, int expected, Asked asked) {
        ReportRow report = reports.lock(reportKey);
        if (report == null || report.version() == 0) {
            return new Answer.Missing();
        }
        if (report.version() != expected) {
            return new Answer.Stale(report.version());
        }
        Instant now = reports.now();
        ReportState before = report.state();
        boolean withdrawn = report.status() == ReportChanged.Status.RETRACTED && !(before instanceof Frozen.Retracted);
        Move move =
                before.ask(new Command(asked.act(), asked.by(), now, systemOfRecord, withdrawn, report.proposals()));
        if (move instanceof Move.Refused refused) {
            return new Answer.Refused(refused, report.version());
        }
        Versions.New version = move instanceof Move.Write write
                ? moved(report, write.next(), asked, now, withdrawn)
                : released(report, now);
        notes.moved(reportKey, version.next().version(), asked.act(), asked.by(), now);
        return new Answer.Done(version.next().version(), version.status());
    }

    private Versions.New moved(ReportRow report, ReportState next, Asked asked, Instant now, boolean withdrawn) {
        Versions.Current current = versions.current(report);
        UUID writing = Ids.v5("writing", report.reportKey().toString(), Integer.toString(next.version()));
        Reviewing.Result result =
                switch (asked.act()) {
                    case REVIEW -> Reviewing.review(current.draft(), asked.review(), asked.by(), now, writing);
                    case CORRECT -> Reviewing.correct(current.draft(), asked.review(), asked.by(), now, writing);
                    case ADDEND -> Reviewing.addend(current.draft(), asked.text(), asked.by(), now, writing);
                    case CLAIM, RELEASE, SIGN, RETRACT ->
                        new Reviewing.Result(Holding.freeze(current.draft()), Map.of(), false);
                };
        Versions.New version = new Versions.New(
                next,
                result.draft(),
                Versions.Content.of(result.draft()),
                DraftingDesk.status(next, withdrawn),
                current.row().contextId(),
                result.requoted() ? null : current.row().quotedContextId(),
                now,
                false,
                null);
        versions.write(report, version);
        notes.keep(report.reportKey(), next.version(), result.words());
        if (asked.act() == Act.REVIEW || asked.act() == Act.CORRECT) {
            reviews.append(reviewed(report, current.row().version(), next, result.draft(), now));
        }
        return version;
    }

    /** A claim given up: the words are those that the facts deserve now. */
    private Versions.New released(ReportRow report, Instant now) {
        UUID studyKey = reports.studies(report.reportKey()).get(0);
        Offers.Offered offered = offers.of(report, studyKey, now)
                .orElseThrow(() -> new IllegalStateException("a report with a version has no plan"));
        Draft draft = offered.draft();
        Versions.Content content = Versions.Content.of(draft);
        ReportState next = ReportState.drafted(
                report.version(),
                new ReportState.Offer(draft.revision(), draft.planId(), draft.settled(), content.digest()));
        Versions.New version = new Versions.New(
                next,
                draft,
                content,
                DraftingDesk.status(next, offered.withdrawn()),
                offered.contextId(),
                null,
                now,
                false,
                null);
        versions.write(report, version);
        return version;
    }

    /** Told at the review and not at the signature: where reports are signed elsewhere, no signature follows here. */
    private static ReportReviewed reviewed(
            ReportRow report, int draftVersion, ReportState next, Draft draft, Instant now) {
        return new ReportReviewed(
                Ids.v5("review", report.reportKey().toString(), Integer.toString(next.version())),
                report.reportKey(),
                List.of(draft.studyKey()),
                List.of(draft.studyInstanceUid()),
                draftVersion,
                ReportReviewed.Source.PRELIM,
                null,
                Differences.of(draft),
                now);
    }
}
