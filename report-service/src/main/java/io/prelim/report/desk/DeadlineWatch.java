package io.prelim.report.desk;

import io.prelim.access.AccessSettings;
import io.prelim.access.audit.AuditTable;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.EventLog;
import io.prelim.report.store.EvidenceStore;
import io.prelim.report.store.Narratives;
import io.prelim.report.store.ReportStore;
import io.prelim.report.store.UnmappedProcedures;
import io.prelim.report.work.Repeater;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Looks for answers that are overdue by the database's clock, and once an hour for what is past its time: log entries, evidence nobody names, local codes, narratives, audit events. */
@ApplicationScoped
class DeadlineWatch {
    private static final OperatorLog LOG = OperatorLog.of(DeadlineWatch.class);
    private static final int PAGE = 100;

    private final DraftingDesk desk;
    private final ReportStore reports;
    private final EventLog log;
    private final EvidenceStore evidence;
    private final UnmappedProcedures unmapped;
    private final Narratives narratives;
    private final AuditTable audit;
    private final ReportSettings settings;
    private final AccessSettings access;
    private Repeater deadlines;
    private Repeater retention;

    DeadlineWatch(
            DraftingDesk desk,
            ReportStore reports,
            EventLog log,
            EvidenceStore evidence,
            UnmappedProcedures unmapped,
            Narratives narratives,
            AuditTable audit,
            ReportSettings settings,
            AccessSettings access) {
        this.desk = desk;
        this.reports = reports;
        this.log = log;
        this.evidence = evidence;
        this.unmapped = unmapped;
        this.narratives = narratives;
        this.audit = audit;
        this.settings = settings;
        this.access = access;
    }

    void start(@Observes StartupEvent event) {
        deadlines = Repeater.start("deadlines", settings.deadlineCheck(), this::check, DeadlineWatch::tell);
        retention = Repeater.start("retention", Duration.ofHours(1), this::forget, DeadlineWatch::tell);
    }

    void stop(@Observes ShutdownEvent event) {
        deadlines.close();
        retention.close();
    }

    void check() {
        List<UUID> overdue;
        do {
            overdue = QuarkusTransaction.requiringNew().call(() -> reports.overdue(PAGE));
            overdue.forEach(desk::revisit);
        } while (overdue.size() == PAGE);
    }

    private void forget() {
        log.trim(settings.stream().retention());
        unmapped.forget();
        narratives.forget();
        while (audit.forget(access.audit().keep()) > 0) {
            // some at a time
        }
        int swept = evidence.sweep(settings.evidence().keepUnnamed());
        if (swept > 0) {
            LOG.write(OperatorMessage.EVIDENCE_SWEPT, "parts", swept);
        }
    }

    private static void tell(RuntimeException fault) {
        if (fault == null) {
            LOG.write(OperatorMessage.WATCH_RESUMED);
        } else {
            LOG.write(OperatorMessage.WATCH_PAUSED, "fault", OperatorLog.fault(fault));
        }
    }
}
