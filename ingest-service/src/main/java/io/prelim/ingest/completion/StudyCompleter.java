package io.prelim.ingest.completion;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.Phi;
import io.prelim.events.Priority;
import io.prelim.events.StudyReceived;
import io.prelim.events.Subject;
import io.prelim.events.Topics;
import io.prelim.ingest.assembly.AgeBand;
import io.prelim.ingest.assembly.Assembly;
import io.prelim.ingest.assembly.AssemblyDecision;
import io.prelim.ingest.hint.Announcements;
import io.prelim.ingest.hint.Hints;
import io.prelim.ingest.index.IndexWitness;
import io.prelim.ingest.index.PartIndex;
import io.prelim.ingest.index.PartNumbers;
import io.prelim.ingest.index.PartRow;
import io.prelim.ingest.index.StudyIdentityRow;
import io.prelim.ingest.index.StudyRow;
import io.prelim.ingest.ledger.Fact;
import io.prelim.ingest.ledger.KnownAnswers;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.ledger.Stage;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.orders.SignedReports;
import io.prelim.ingest.orders.StudyOrders;
import io.prelim.ingest.procedure.ProcedureSteps;
import io.prelim.ingest.publish.Outbox;
import io.prelim.ingest.rejection.Rejections;
import io.prelim.ingest.storage.InFlight;
import io.prelim.ingest.storage.StoreState;
import io.prelim.store.Content;
import io.prelim.store.Location;
import io.prelim.store.NewPart;
import io.prelim.store.SegmentLog;
import io.prelim.store.Sha256;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks for due studies and makes their revisions. */
@ApplicationScoped
public class StudyCompleter {
    private static final Logger LOG = Logger.getLogger(StudyCompleter.class);

    private final DueStudies due;
    private final Arrivals arrivals;
    private final SegmentLog log;
    private final StoreState state;
    private final IndexWitness witness;
    private final InFlight inFlight;
    private final PartIndex parts;
    private final ProcedureSteps procedureSteps;
    private final StudyOrders studyOrders;
    private final SignedReports signedReports;
    private final Rejections rejections;
    private final Hints hints;
    private final Announcements announcements;
    private final Ledger ledger;
    private final KnownAnswers answers;
    private final Outbox outbox;
    private final MeterRegistry meters;
    private volatile boolean failing;

    StudyCompleter(
            DueStudies due,
            Arrivals arrivals,
            SegmentLog log,
            StoreState state,
            IndexWitness witness,
            InFlight inFlight,
            PartIndex parts,
            ProcedureSteps procedureSteps,
            StudyOrders studyOrders,
            SignedReports signedReports,
            Rejections rejections,
            Hints hints,
            Announcements announcements,
            Ledger ledger,
            KnownAnswers answers,
            Outbox outbox,
            MeterRegistry meters) {
        this.due = due;
        this.arrivals = arrivals;
        this.log = log;
        this.state = state;
        this.witness = witness;
        this.inFlight = inFlight;
        this.parts = parts;
        this.procedureSteps = procedureSteps;
        this.studyOrders = studyOrders;
        this.signedReports = signedReports;
        this.rejections = rejections;
        this.hints = hints;
        this.announcements = announcements;
        this.ledger = ledger;
        this.answers = answers;
        this.outbox = outbox;
        this.meters = meters;
    }

    @Scheduled(
            every = "${prelim.assembly.check-every}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (!state.isRecovered()) {
            return; // studies are not whole before all of the log is indexed
        }
        try {
            if (!witness.stands()) {
                return; // nor while the database may lack what it had
            }
            rejections.look();
            hints.look();
            List<UUID> claimed = due.claim();
            claimed.forEach(this::complete);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) { // said once, not at each look
                failing = true;
                OperatorMessage.ASSEMBLY_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            }
        }
    }

    private void complete(UUID studyKey) {
        try {
            DueStudies.Claimed claimed = due.load(studyKey);
            AssemblyDecision decision = Assembly.decide(claimed.study());
            boolean closed;
            if (decision instanceof AssemblyDecision.NewRevision revision) {
                try (InFlight.Ticket ticket = inFlight.enter()) {
                    closed = newRevision(claimed, revision);
                }
            } else {
                closed = nothingNew(claimed.row(), decision instanceof AssemblyDecision.NoImages);
            }
            if (!closed) {
                due.release(studyKey);
            }
        } catch (RuntimeException | IOException | ExecutionException e) {
            OperatorMessage.ASSEMBLY_FAILED.log(LOG, "studyKey", studyKey, "reason", OperatorMessage.reason(e));
            due.defer(studyKey);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean nothingNew(StudyRow row, boolean noImages) {
        boolean closed = QuarkusTransaction.requiringNew().call(() -> {
            Arrivals.Since since = arrivals.read(row.studyKey());
            if (due.close(row, row.revision(), row.inputDigest()) == null) {
                return false;
            }
            arrivals.enter(row, row.revision(), since);
            if (noImages) {
                ledger.record(
                        row.studyKey(),
                        row.revision(),
                        Stage.NOT_ANALYZED,
                        due.rejected(row.studyKey()) ? "every image was rejected" : "no image with pixel data",
                        "assembly");
            }
            return true;
        });
        if (closed && noImages) {
            OperatorMessage.STUDY_WITHOUT_IMAGES.log(LOG, "studyKey", row.studyKey());
        }
        return closed;
    }

    private boolean newRevision(DueStudies.Claimed claimed, AssemblyDecision.NewRevision revision)
            throws IOException, ExecutionException, InterruptedException {
        StudyRow row = claimed.row();
        byte[] json = EventJson.write(revision.manifest());
        Content content = Content.of(json);
        NewPart manifest = new NewPart(
                UUID.randomUUID(),
                row.studyKey(),
                PartNumbers.of(PartClass.MANIFEST),
                "",
                "revision=" + revision.revision(),
                Sha256.of(content),
                content);
        Location location = log.append(manifest).get();
        PartReference reference = new PartReference(
                manifest.partId(),
                PartClass.MANIFEST,
                json.length,
                manifest.digest().prefixed());

        boolean closed = QuarkusTransaction.requiringNew().call(() -> {
            studyOrders.hold();
            Arrivals.Since since = arrivals.read(row.studyKey());
            Instant completedAt = due.close(row, revision.revision(), revision.inputDigest());
            if (completedAt == null) {
                return false;
            }
            arrivals.enter(row, revision.revision(), since);
            parts.add(new PartRow(reference, row.studyKey(), location));
            announcements.meet(row.studyKey());
            procedureSteps.enter(row.studyKey());
            ledger.record(
                    row.studyKey(),
                    revision.revision(),
                    Stage.RECEIVED,
                    revision.withdrawn()
                            ? "withdrawn: every image was rejected"
                            : "images: " + revision.manifest().images().size(),
                    "assembly");
            QuietWording.of(row)
                    .ifPresent(learned ->
                            ledger.record(row.studyKey(), revision.revision(), Stage.RECEIVING, learned, "quiet"));
            if (row.priority() == Priority.STAT) {
                ledger.record(row.studyKey(), 0, Fact.PRIORITY, "stat, by what its objects say", "priority:STAT", null);
            }
            publish(row.studyKey(), studyOrders.match(row.studyKey()), revision, reference, completedAt);
            signedReports.tell(row.studyKey());
            return true;
        });
        if (closed) {
            meters.counter("prelim.ingest.revisions").increment();
            if (row.quietMillis() != null) {
                meters.timer("prelim.ingest.quiet.period", "source", row.quietGaps() == null ? "set" : "learned")
                        .record(row.quietMillis(), TimeUnit.MILLISECONDS);
            }
            OperatorMessage.STUDY_RECEIVED.log(
                    LOG,
                    "studyKey",
                    row.studyKey(),
                    "revision",
                    revision.revision(),
                    "images",
                    revision.manifest().images().size());
        }
        return closed;
    }

    private void publish(
            UUID studyKey,
            StudyOrders.Said said,
            AssemblyDecision.NewRevision revision,
            PartReference manifest,
            Instant completedAt) {
        // as they are now that orders are matched
        StudyRow row = due.row(studyKey);
        StudyIdentityRow identity = due.identity(studyKey);
        int number = revision.revision();
        StudyReceived received = new StudyReceived(
                studyKey,
                row.studyInstanceUid(),
                number,
                revision.inputDigest(),
                row.priority(),
                row.site(),
                identity.procedure(),
                subject(identity),
                revision.manifest().images().size(),
                revision.series(),
                manifest,
                row.receivedAt(),
                completedAt,
                revision.withdrawn() ? Boolean.TRUE : null,
                number == 1 ? null : answers.of(studyKey),
                null,
                null);
        // context first: the report has it when the first outcome comes
        outbox.add(
                Ids.v5("patient-context", studyKey.toString(), Integer.toString(number)),
                studyKey,
                number,
                Topics.PATIENT_CONTEXT,
                identity.context(row.studyInstanceUid(), number, said.indication(), said.orders()),
                completedAt);
        outbox.add(
                Ids.v5("study-received", studyKey.toString(), Integer.toString(number)),
                studyKey,
                number,
                Topics.STUDY_RECEIVED,
                received,
                completedAt);
    }

    private static Subject subject(StudyIdentityRow identity) {
        Phi<String> birthDate = identity.birthDate();
        String ageBand =
                AgeBand.of(identity.age(), birthDate == null ? null : birthDate.reveal(), identity.studyDate());
        return ageBand == null && identity.sex() == null ? null : new Subject(ageBand, identity.sex());
    }
}
