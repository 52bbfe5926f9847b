package io.prelim.ingest.publish;

import io.prelim.events.Topics;
import io.prelim.ingest.ledger.Fact;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * Who may send which rows, and how it went. Each method is a short transaction of its own: no lock is held while something is
 * sent. Times are the database's.
 */
@ApplicationScoped
class Claims {
    /** Name space of the advisory locks of shards, so that they meet no others. */
    private static final int SHARD_LOCKS = 0x5052_4501;

    private static final String DUE = " o.settled_at is null and o.next_send_at <= clock_timestamp()"
            + " and (o.claimed_until is null or o.claimed_until < clock_timestamp())";

    /**
     * In one statement for all of them, for this is on every event's way; before the outbox is touched, for whoever erases a study
     * locks the study first and its rows of the outbox then.
     */
    private static final String PUBLISHED = """
            insert into ledger (study_key, revision, fact, detail, source, at, told_at)
            select o.study_key, o.revision, :fact, 'to the planner and the report', 'outbox:' || o.event_id,
                clock_timestamp(), :at
            from outbox o join studies s on s.study_key = o.study_key
            where o.event_id in (:ids) and o.topic = :topic and o.sends = 0
            order by o.sequence
            on conflict do nothing
            """;

    private final StatelessSession session;

    Claims(StatelessSession session) {
        this.session = session;
    }

    /** Shards in which something is due. */
    @Transactional
    List<Short> dueShards() {
        return session.createNativeQuery(
                        "select distinct o.shard from outbox o where" + DUE + " order by o.shard", Short.class)
                .getResultList();
    }

    /**
     * Takes due rows of a shard that the broker never had, in order, or none while another relay takes some. A study's row is left
     * while an earlier one of it that the broker never had waits or is under way.
     *
     * @param claim after which, unless it was told how it went, another may take the rows
     */
    @Transactional
    List<OutboxRow> claim(short shard, int limit, Duration claim) {
        return claim(shard, "o.sends = 0", "o.sequence", limit, claim);
    }

    /** The same for rows that the broker had, and whose effect has not been seen: those that wait longest first. */
    @Transactional
    List<OutboxRow> claimAgain(short shard, int limit, Duration claim) {
        return claim(shard, "o.sends > 0", "o.next_send_at", limit, claim);
    }

    private List<OutboxRow> claim(short shard, String which, String order, int limit, Duration claim) {
        boolean ours = session.createNativeQuery("select pg_try_advisory_xact_lock(:space, :shard)", Boolean.class)
                .setParameter("space", SHARD_LOCKS)
                .setParameter("shard", (int) shard)
                .getSingleResult();
        if (!ours) {
            return List.of();
        }
        List<UUID> ids = session.createNativeQuery(
                        "update outbox set claimed_until = clock_timestamp() + make_interval(secs => :seconds)"
                                + " where event_id in (select o.event_id from outbox o where o.shard = :shard and "
                                + which + " and" + DUE
                                + " and not exists (select 1 from outbox e where e.study_key = o.study_key"
                                + " and e.sequence < o.sequence and e.settled_at is null and e.sent_at is null"
                                + " and (e.next_send_at > clock_timestamp() or e.claimed_until >= clock_timestamp()))"
                                + " order by " + order + " limit :limit for update skip locked)"
                                + " returning event_id",
                        UUID.class)
                .setParameter("seconds", seconds(claim))
                .setParameter("shard", shard)
                .setParameter("limit", limit)
                .getResultList();
        return session.createQuery("from OutboxRow where eventId in :ids order by sequence", OutboxRow.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /**
     * The broker acknowledged them; that it first did is in the ledgers of their studies.
     *
     * @param at    when they were sent, by our clock
     * @param first to the next send while no effect is seen; doubles with each send up to {@code last}
     */
    @Transactional
    void sent(List<UUID> ids, Instant at, Duration first, Duration last) {
        if (ids.isEmpty()) {
            return;
        }
        session.createNativeMutationQuery(PUBLISHED)
                .setParameter("fact", Fact.PUBLISHED.name())
                .setParameter("at", at)
                .setParameter("topic", Topics.STUDY_RECEIVED)
                .setParameter("ids", ids)
                .executeUpdate();
        session.createNativeMutationQuery("update outbox set sends = sends + 1, failures = 0, claimed_until = null,"
                        + " sent_at = clock_timestamp(), next_send_at = clock_timestamp()"
                        + " + make_interval(secs => least(:last, :first * power(2, least(sends, 20)))),"
                        + " settled_at = case when (topic = :patientContext and report_seen_at is not null)"
                        + " or topic in (:orders, :patients) then clock_timestamp() else settled_at end where event_id in"
                        + " (select event_id from outbox where event_id in (:ids) order by sequence for update)")
                .setParameter("first", seconds(first))
                .setParameter("last", seconds(last))
                .setParameter("patientContext", Topics.PATIENT_CONTEXT)
                .setParameter("orders", Topics.ORDERS)
                .setParameter("patients", Topics.PATIENTS)
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /** The broker did not acknowledge it in time: it waits 1 s, 2 s, 4 s and so on, at most a minute. */
    @Transactional
    void failed(List<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        session.createNativeMutationQuery("update outbox set failures = failures + 1, claimed_until = null,"
                        + " next_send_at = clock_timestamp()"
                        + " + make_interval(secs => least(60, power(2, least(failures, 6)))) where event_id in"
                        + " (select event_id from outbox where event_id in (:ids) order by sequence for update)")
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /** They were not tried. */
    @Transactional
    void release(List<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        session.createNativeMutationQuery("update outbox set claimed_until = null where event_id in"
                        + " (select event_id from outbox where event_id in (:ids) order by sequence for update)")
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /** The broker will never take it: it leaves the queue and stays visible. */
    @Transactional
    void refused(UUID id, String reason) {
        session.createNativeMutationQuery("update outbox set settled_at = clock_timestamp(), claimed_until = null,"
                        + " refusal = :reason where event_id = :id")
                .setParameter("reason", reason)
                .setParameter("id", id)
                .executeUpdate();
    }

    /** The broker is back: what it never had need not wait any longer. */
    @Transactional
    void hurry() {
        session.createNativeMutationQuery("update outbox set next_send_at = clock_timestamp() where event_id in"
                        + " (select event_id from outbox where settled_at is null and sends = 0 and failures > 0"
                        + " order by sequence for update skip locked)")
                .executeUpdate();
    }

    /** What waits now. */
    @Transactional
    Waiting waiting() {
        Object[] row = session.createNativeQuery(
                        "select count(*) filter (where settled_at is null),"
                                + " count(*) filter (where settled_at is null and sent_at is null),"
                                + " coalesce(cast(extract(epoch from clock_timestamp()"
                                + " - min(event_time) filter (where settled_at is null)) as double precision), 0),"
                                + " count(*) filter (where refusal is not null)"
                                + " from outbox where settled_at is null or refusal is not null",
                        Object[].class)
                .getSingleResult();
        return new Waiting(
                ((Number) row[0]).longValue(),
                ((Number) row[1]).longValue(),
                ((Number) row[2]).doubleValue(),
                ((Number) row[3]).longValue());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /**
     * @param unsettled        whose effect was not seen
     * @param unsent           of these, what the broker never had
     * @param oldestAgeSeconds of what is unsettled; 0 when nothing is
     * @param refused          what the broker will never take
     */
    record Waiting(long unsettled, long unsent, double oldestAgeSeconds, long refused) {}
}
