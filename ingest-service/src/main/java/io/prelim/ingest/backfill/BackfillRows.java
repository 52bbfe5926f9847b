package io.prelim.ingest.backfill;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Ids;
import io.prelim.ingest.publish.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.type.StandardBasicTypes;

/** Backfills as the database has them. */
@ApplicationScoped
public class BackfillRows {
    /** Complete and planned; what has gone cannot be read any more. */
    private static final String CHOSEN = """
            from studies s where s.completed_at >= :since and s.completed_at < :until and s.revision > 0
                and exists (select 1 from instances i where i.study_key = s.study_key and i.image)
                and exists (select 1 from plans p where p.study_key = s.study_key and p.revision = s.revision)
            """;

    private static final String CHOOSE =
            """
            insert into backfill_studies (backfill_id, study_key, completed_at)
            select cast(:id as uuid), s.study_key, s.completed_at
            """ + CHOSEN + " order by s.completed_at desc, s.study_key limit :most on conflict do nothing";
    private static final String FAILED = """
            exists (select 1 from planned_outcomes o left join answers a on a.outcome_id = o.outcome_id
                where o.plan_id = b.plan_id and o.closed_at is not null and coalesce(a.status, 'FAILED') = 'FAILED')
            """;
    private static final String OPEN =
            "exists (select 1 from planned_outcomes o where o.plan_id = b.plan_id and o.closed_at is null)";
    private static final String AGAIN = """
            update backfill_studies b set attempt = attempt + 1, asked_at = null, plan_id = null, planned_at = null
            where backfill_id = :id and planned_at is not null and (plan_id is null or
            """ + FAILED + ")";
    /** What the planner has not answered for so long is not waited for any more: the study may have gone. */
    private static final String IN_HAND = """
            select count(*) from backfill_studies b where asked_at > clock_timestamp() - interval '10 minutes'
                and (planned_at is null or
            """ + OPEN + ")";

    private static final String NEXT = """
            select b.backfill_id, b.study_key, b.attempt, f.model from backfill_studies b
            join backfills f on f.backfill_id = b.backfill_id
            where b.asked_at is null and f.stopped_at is null
            order by f.requested_at, b.backfill_id, b.completed_at desc, b.study_key limit :limit
            for update of b skip locked
            """;
    private static final String VIEW = """
            select f.backfill_id, f.model, f.since, f.until, f.requested_at, f.stopped_at, count(b.study_key) as studies,
                count(b.asked_at) as asked,
                count(*) filter (where b.planned_at is not null and (b.plan_id is null
                    or not exists (select 1 from planned_outcomes o where o.plan_id = b.plan_id))) as declined,
                count(*) filter (where exists (select 1 from planned_outcomes o where o.plan_id = b.plan_id)) as planned,
                count(*) filter (where b.plan_id is not null and not %1$s and not %2$s
                    and exists (select 1 from planned_outcomes o where o.plan_id = b.plan_id)) as answered,
                count(*) filter (where %2$s) as failed
            from backfills f left join backfill_studies b on b.backfill_id = f.backfill_id
            where cast(:id as uuid) is null or f.backfill_id = :id
            group by f.backfill_id order by f.requested_at desc, f.backfill_id limit :limit
            """.formatted(OPEN, FAILED);

    /** A study to be asked about. */
    record Next(UUID backfillId, UUID studyKey, int attempt, String model) {
        UUID eventId() {
            return Ids.v5("backfill", backfillId.toString(), studyKey.toString(), Integer.toString(attempt));
        }
    }

    private final StatelessSession session;
    private final Outbox outbox;

    BackfillRows(StatelessSession session, Outbox outbox) {
        this.session = session;
        this.outbox = outbox;
    }

    /** Studies that a command would choose. */
    @Transactional
    long count(Instant since, Instant until, int most) {
        return session.createNativeQuery("select count(*) from (select 1 " + CHOSEN + " limit :most) c", Long.class)
                .setParameter("since", since)
                .setParameter("until", until)
                .setParameter("most", most)
                .getSingleResult();
    }

    /** Enters a command. Entered again it goes on: with what failed, what was stopped, and what has come into its time since. */
    @Transactional
    UUID add(String model, Instant since, Instant until, int most, String by) {
        UUID id = Ids.v5("backfill", model, since.toString(), until.toString(), Integer.toString(most));
        session.createNativeMutationQuery("insert into backfills (backfill_id, model, since, until, most, requested_by)"
                        + " values (:id, :model, :since, :until, :most, :by)"
                        + " on conflict (backfill_id) do update set stopped_at = null")
                .setParameter("id", id)
                .setParameter("model", model)
                .setParameter("since", since)
                .setParameter("until", until)
                .setParameter("most", most)
                .setParameter("by", by)
                .executeUpdate();
        session.createNativeMutationQuery(AGAIN).setParameter("id", id).executeUpdate();
        session.createNativeMutationQuery(CHOOSE)
                .setParameter("id", id)
                .setParameter("since", since)
                .setParameter("until", until)
                .setParameter("most", most)
                .executeUpdate();
        return id;
    }

    /** No more is asked. */
    @Transactional
    void stop(UUID backfillId) {
        session.createNativeMutationQuery("update backfills set stopped_at = coalesce(stopped_at, clock_timestamp())"
                        + " where backfill_id = :id")
                .setParameter("id", backfillId)
                .executeUpdate();
    }

    /** Studies that were asked about and are not answered yet, of all backfills. */
    @Transactional(Transactional.TxType.MANDATORY)
    int inHand() {
        return session.createNativeQuery(IN_HAND, Long.class).getSingleResult().intValue();
    }

    /** The next to be asked about, of the oldest command first; held until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    List<Next> next(int limit) {
        return session.createNativeQuery(NEXT, Object[].class).setParameter("limit", limit).getResultList().stream()
                .map(row -> new Next((UUID) row[0], (UUID) row[1], ((Number) row[2]).intValue(), (String) row[3]))
                .toList();
    }

    /** @param gone whether there is nothing to be asked any more */
    @Transactional(Transactional.TxType.MANDATORY)
    void asked(Next next, boolean gone) {
        session.createNativeMutationQuery("update backfill_studies set asked_at = clock_timestamp(), planned_at ="
                        + " case when :gone then clock_timestamp() end where backfill_id = :id and study_key = :study")
                .setParameter("gone", gone)
                .setParameter("id", next.backfillId())
                .setParameter("study", next.studyKey())
                .executeUpdate();
    }

    /** The planner has added to a study's plan, or could not: it need not be told again. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void planned(AnalysisPlanned addition) {
        boolean inService =
                !addition.planned().isEmpty() || !addition.declined().isEmpty();
        session
                .createNativeQuery(
                        "update backfill_studies b set planned_at = coalesce(planned_at, clock_timestamp()), plan_id = :plan"
                                + " from backfills f where f.backfill_id = b.backfill_id and b.backfill_id = :id"
                                + " and b.study_key = :study returning b.backfill_id, b.study_key, b.attempt, f.model",
                        Object[].class)
                .setParameter("plan", inService ? addition.planId() : null, UUID.class)
                .setParameter("id", addition.backfill())
                .setParameter("study", addition.studyKey())
                .getResultList()
                .stream()
                .map(row -> new Next((UUID) row[0], (UUID) row[1], ((Number) row[2]).intValue(), (String) row[3]))
                .forEach(next -> outbox.saw(List.of(next.eventId())));
    }

    /** @param backfillId null for all, the newest first */
    @Transactional
    List<Backfill> views(UUID backfillId, int limit) {
        return session
                .createNativeQuery(VIEW, Object[].class)
                .addScalar("backfill_id", StandardBasicTypes.UUID)
                .addScalar("model", StandardBasicTypes.STRING)
                .addScalar("since", StandardBasicTypes.INSTANT)
                .addScalar("until", StandardBasicTypes.INSTANT)
                .addScalar("requested_at", StandardBasicTypes.INSTANT)
                .addScalar("stopped_at", StandardBasicTypes.INSTANT)
                .addScalar("studies", StandardBasicTypes.LONG)
                .addScalar("asked", StandardBasicTypes.LONG)
                .addScalar("declined", StandardBasicTypes.LONG)
                .addScalar("planned", StandardBasicTypes.LONG)
                .addScalar("answered", StandardBasicTypes.LONG)
                .addScalar("failed", StandardBasicTypes.LONG)
                .setParameter("id", backfillId, UUID.class)
                .setParameter("limit", limit)
                .getResultList()
                .stream()
                .map(row -> new Backfill(
                        (UUID) row[0],
                        (String) row[1],
                        (Instant) row[2],
                        (Instant) row[3],
                        (Instant) row[4],
                        (Instant) row[5],
                        (Long) row[6],
                        (Long) row[7],
                        (Long) row[8],
                        (Long) row[9],
                        (Long) row[10],
                        (Long) row[11]))
                .toList();
    }
}
