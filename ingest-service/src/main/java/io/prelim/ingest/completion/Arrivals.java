package io.prelim.ingest.completion;

import io.prelim.ingest.index.StudyRow;
import io.prelim.ingest.ledger.Fact;
import io.prelim.ingest.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.type.StandardBasicTypes;

/** Tells the ledger what came since a study was complete the last time, and since when nothing more was waited for. */
@ApplicationScoped
class Arrivals {
    private static final String SINCE = """
            select s.due_at, count(*) as instances, count(*) filter (where i.image) as images,
                count(distinct i.series_instance_uid) as series,
                min(i.received_at) filter (where i.image) as first_image, max(i.received_at) as last_instance
            from studies s join instances i on i.study_key = s.study_key
            where s.study_key = :study and i.received_at > coalesce(s.completed_at, '-infinity')
            group by s.study_key
            """;

    private final StatelessSession session;
    private final Ledger ledger;

    Arrivals(StatelessSession session, Ledger ledger) {
        this.session = session;
        this.ledger = ledger;
    }

    /**
     * @param dueAt null when somebody else closed the study meanwhile
     * @param first image; null when there is none
     */
    record Since(Instant dueAt, long instances, long images, long series, Instant first, Instant last) {}

    /** Null when nothing came, as when it is assembled after a recovery. Before the study is closed, in that transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    Since read(UUID studyKey) {
        return session
                .createNativeQuery(SINCE, Object[].class)
                .addScalar("due_at", StandardBasicTypes.INSTANT)
                .addScalar("instances", StandardBasicTypes.LONG)
                .addScalar("images", StandardBasicTypes.LONG)
                .addScalar("series", StandardBasicTypes.LONG)
                .addScalar("first_image", StandardBasicTypes.INSTANT)
                .addScalar("last_instance", StandardBasicTypes.INSTANT)
                .setParameter("study", studyKey)
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> new Since(
                        (Instant) row[0], (Long) row[1], (Long) row[2], (Long) row[3], (Instant) row[4], (Instant)
                                row[5]))
                .orElse(null);
    }

    /**
     * Enters what was read.
     *
     * @param before   the study as it was
     * @param revision it has now
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void enter(StudyRow before, int revision, Since since) {
        if (since == null || since.dueAt() == null) {
            return;
        }
        UUID study = before.studyKey();
        if (before.revision() > 0 && since.images() > 0) {
            ledger.record(
                    study,
                    revision,
                    Fact.LATE_INSTANCE,
                    "after revision " + before.revision(),
                    "assembly:" + since.first(),
                    since.first());
        }
        ledger.record(study, revision, Fact.LAST_INSTANCE, said(since), "assembly:" + since.last(), since.last());
        ledger.record(
                study,
                revision,
                Fact.QUIET,
                String.format(
                        Locale.ROOT,
                        "no longer waited for more: %.1f s after the last object",
                        Duration.between(since.last(), since.dueAt()).toMillis() / 1000.0),
                "assembly:" + since.dueAt(),
                since.dueAt());
    }

    private static String said(Since since) {
        return "objects: " + since.instances() + ", images: " + since.images() + ", series: " + since.series();
    }
}
