package io.prelim.ingest.ledger;

import io.prelim.events.Topics;
import io.prelim.ingest.config.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.type.StandardBasicTypes;

/** Reads what studies wait for. */
@ApplicationScoped
public class Standings {
    private static final String STANDING = """
            select clock_timestamp() as now, s.revision, s.prior_since is not null as prior,
                s.dropped_at is not null and n.last_at is null as gone, s.arrivals > s.assembled_arrivals as unassembled,
                s.due_at, s.claimed_until, n.last_at, s.completed_at,
                o.event_time, o.sends, o.failures, case when o.settled_at is null then o.next_send_at end as next_send_at,
                o.refusal is not null as refused,
                p.planned_at, c.active, c.open, c.deadline,
                (select min(at) from ledger l where l.study_key = s.study_key and l.revision = s.revision
                    and l.stage = 'ANALYZED') as analyzed_at,
                exists (select 1 from ledger l where l.study_key = s.study_key and l.revision >= s.revision
                    and l.stage = 'DRAFTED') as drafted
            from studies s
            left join lateral (select max(received_at) as last_at from instances i where i.study_key = s.study_key) n
                on true
            left join lateral (select * from outbox o where o.study_key = s.study_key and o.revision = s.revision
                and o.topic = :topic order by o.sequence desc limit 1) o on true
            left join lateral (select * from plans p where p.study_key = s.study_key and p.revision = s.revision
                and p.backfill_id is null order by p.planned_at desc limit 1) p on true
            left join lateral (select count(*) as active, count(*) filter (where closed_at is null) as open,
                min(deadline) filter (where closed_at is null) as deadline
                from planned_outcomes c where c.plan_id = p.plan_id and c.role = 'ACTIVE') c on true
            where s.study_key = :study
            """;

    private final StatelessSession session;
    private final IngestConfig.Ledger config;

    Standings(StatelessSession session, IngestConfig config) {
        this.session = session;
        this.config = config.ledger();
    }

    /** What a study waits for now; nothing when it is not stored. */
    @Transactional
    public List<Wait> waits(UUID studyKey) {
        return session
                .createNativeQuery(STANDING, Object[].class)
                .addScalar("now", StandardBasicTypes.INSTANT)
                .addScalar("revision", StandardBasicTypes.INTEGER)
                .addScalar("prior", StandardBasicTypes.BOOLEAN)
                .addScalar("gone", StandardBasicTypes.BOOLEAN)
                .addScalar("unassembled", StandardBasicTypes.BOOLEAN)
                .addScalar("due_at", StandardBasicTypes.INSTANT)
                .addScalar("claimed_until", StandardBasicTypes.INSTANT)
                .addScalar("last_at", StandardBasicTypes.INSTANT)
                .addScalar("completed_at", StandardBasicTypes.INSTANT)
                .addScalar("event_time", StandardBasicTypes.INSTANT)
                .addScalar("sends", StandardBasicTypes.INTEGER)
                .addScalar("failures", StandardBasicTypes.INTEGER)
                .addScalar("next_send_at", StandardBasicTypes.INSTANT)
                .addScalar("refused", StandardBasicTypes.BOOLEAN)
                .addScalar("planned_at", StandardBasicTypes.INSTANT)
                .addScalar("active", StandardBasicTypes.INTEGER)
                .addScalar("open", StandardBasicTypes.INTEGER)
                .addScalar("deadline", StandardBasicTypes.INSTANT)
                .addScalar("analyzed_at", StandardBasicTypes.INSTANT)
                .addScalar("drafted", StandardBasicTypes.BOOLEAN)
                .setParameter("topic", Topics.STUDY_RECEIVED)
                .setParameter("study", studyKey)
                .getResultList()
                .stream()
                .map(Standings::standing)
                .flatMap(standing -> Waits.of(standing, config.standingStillAfter()).stream())
                .toList();
    }

    private static Standing standing(Object[] row) {
        Standing.Told told = row[9] == null
                ? null
                : new Standing.Told(
                        (Instant) row[9], (Integer) row[10], (Integer) row[11], (Instant) row[12], (Boolean) row[13]);
        Standing.Plan plan = row[14] == null
                ? null
                : new Standing.Plan(
                        (Instant) row[14], (Integer) row[15], (Integer) row[16], (Instant) row[17], (Instant) row[18]);
        return new Standing(
                (Instant) row[0],
                (Integer) row[1],
                (Boolean) row[2],
                (Boolean) row[3],
                (Boolean) row[4],
                (Instant) row[5],
                (Instant) row[6],
                (Instant) row[7],
                (Instant) row[8],
                told,
                plan,
                (Boolean) row[19]);
    }
}
