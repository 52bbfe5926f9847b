package io.prelim.ingest.reconcile;

import io.prelim.events.Topics;
import io.prelim.ingest.ledger.Wait;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.NativeQuery;

/** Studies that may stand still, and those that do, as the database has them. */
@ApplicationScoped
class StandstillRows {
    /**
     * Whatever is old and not through, the oldest first, but for what is known to stand still. An index serves each,
     * with now(), which does not change within a statement.
     */
    private static final String SUSPECTS = """
            select study_key from (
                (select study_key, due_at as since from studies
                    where due_at < now() - make_interval(secs => :age))
                union all
                (select study_key, received_at from studies
                    where due_at is null and prior_since is null and arrivals > assembled_arrivals)
                union all
                (select study_key, event_time from outbox where settled_at is null and topic = :topic
                    and event_time < now() - make_interval(secs => :age))
                union all
                (select study_key, event_time from outbox where refusal is not null and topic = :topic)
                union all
                (select study_key, completed_at from studies s
                    where due_at is null and (dropped_at is null or completed_at > dropped_at) and revision > 0
                        and completed_at > now() - interval '1 day'
                        and completed_at < now() - make_interval(secs => :age)
                        and not exists (select 1 from outbox o where o.study_key = s.study_key
                            and o.revision = s.revision and o.topic = :topic))) as old
            where not exists (select 1 from standstills t where t.study_key = old.study_key and t.cleared_at is null)
            group by study_key order by min(since), study_key limit :limit
            """;

    private static final String STANDING = """
            select distinct study_key from standstills where cleared_at is null and study_key > :after
            order by study_key limit :limit
            """;
    /** Once, however many look. */
    private static final String FOUND = """
            insert into standstills as t (study_key, revision, waits_for, since)
            values (:study, :revision, :what, :since)
            on conflict (study_key, revision, waits_for) do update set since = excluded.since,
                found_at = clock_timestamp(), times = t.times + 1, cleared_at = null
            where t.cleared_at is not null
            returning times
            """;

    private static final String CLEARED = """
            update standstills set cleared_at = clock_timestamp()
            where study_key = :study and revision = :revision and waits_for = :what and cleared_at is null
            returning times
            """;

    private static final String COUNTS = """
            select waits_for, count(*), cast(extract(epoch from clock_timestamp() - min(since)) as double precision)
            from standstills where cleared_at is null group by waits_for
            """;

    private static final String MAKE_DUE =
            "update studies set due_at = clock_timestamp() where study_key = :study and due_at is null";
    private static final String ASSEMBLE_ANEW = """
            update studies set due_at = clock_timestamp(), input_digest = null
            where study_key = :study and revision = :revision and due_at is null
            """;

    /** @param ageSeconds of what is waited for longest */
    record Count(long studies, double ageSeconds) {}

    record Standstill(Wait.For what, int revision) {}

    private final StatelessSession session;

    StandstillRows(StatelessSession session) {
        this.session = session;
    }

    /** @param age from which on something may stand still */
    @Transactional
    List<UUID> suspects(Duration age, int limit) {
        return session.createNativeQuery(SUSPECTS, UUID.class)
                .setParameter("age", age.toMillis() / 1000.0)
                .setParameter("topic", Topics.STUDY_RECEIVED)
                .setParameter("limit", limit)
                .getResultList();
    }

    /** Studies that stood still at the last look, in the order of their keys. */
    @Transactional
    List<UUID> standing(UUID after, int limit) {
        return session.createNativeQuery(STANDING, UUID.class)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    List<Standstill> of(UUID studyKey) {
        return session
                .createNativeQuery(
                        "select waits_for, revision from standstills where study_key = :study and cleared_at is null",
                        Object[].class)
                .setParameter("study", studyKey)
                .getResultList()
                .stream()
                .map(row -> new Standstill(Wait.For.valueOf((String) row[0]), ((Number) row[1]).intValue()))
                .toList();
    }

    /** @return how often it was found, with this time; 0 when it is known */
    @Transactional(Transactional.TxType.MANDATORY)
    int found(UUID studyKey, Wait wait) {
        return times(
                session.createNativeQuery(FOUND, Integer.class).setParameter("since", wait.since()),
                studyKey,
                new Standstill(wait.what(), wait.revision()));
    }

    /** @return the same; 0 when another was faster */
    @Transactional(Transactional.TxType.MANDATORY)
    int cleared(UUID studyKey, Standstill standstill) {
        return times(session.createNativeQuery(CLEARED, Integer.class), studyKey, standstill);
    }

    private static int times(NativeQuery<Integer> query, UUID studyKey, Standstill standstill) {
        return query
                .setParameter("study", studyKey)
                .setParameter("revision", standstill.revision())
                .setParameter("what", standstill.what().name())
                .getResultList()
                .stream()
                .findFirst()
                .orElse(0);
    }

    @Transactional
    Map<Wait.For, Count> counts() {
        Map<Wait.For, Count> counts = new EnumMap<>(Wait.For.class);
        session.createNativeQuery(COUNTS, Object[].class)
                .getResultList()
                .forEach(row -> counts.put(
                        Wait.For.valueOf((String) row[0]),
                        new Count(((Number) row[1]).longValue(), ((Number) row[2]).doubleValue())));
        return counts;
    }

    /** Completion looks at it next. */
    @Transactional(Transactional.TxType.MANDATORY)
    void makeDue(UUID studyKey) {
        session.createNativeMutationQuery(MAKE_DUE)
                .setParameter("study", studyKey)
                .executeUpdate();
    }

    /** The same, and whatever it finds becomes a revision. */
    @Transactional(Transactional.TxType.MANDATORY)
    void assembleAnew(UUID studyKey, int revision) {
        session.createNativeMutationQuery(ASSEMBLE_ANEW)
                .setParameter("study", studyKey)
                .setParameter("revision", revision)
                .executeUpdate();
    }
}
