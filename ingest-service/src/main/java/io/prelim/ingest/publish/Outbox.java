package io.prelim.ingest.publish;

import io.prelim.events.Event;
import io.prelim.events.EventJson;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;

/**
 * What must be told. A row is written in the caller's transaction and is settled once its effect was seen: until then it is sent
 * again. The effect of a study-received is its plan and a settled report of that or a later revision; the effect of a
 * patient-context, once the broker took it, is that report.
 */
@ApplicationScoped
public class Outbox {
    /** Fixed: a row's shard is stored with it. */
    static final int SHARDS = 8;

    private final StatelessSession session;
    private final jakarta.enterprise.event.Event<OutboxRang> bell;

    Outbox(StatelessSession session, jakarta.enterprise.event.Event<OutboxRang> bell) {
        this.session = session;
        this.bell = bell;
    }

    /**
     * Adds an event, once per id, and settles rows of the same topic that told of earlier revisions of the study.
     *
     * @param eventId  derived, so that the same event added again is no second row
     * @param topic    a constant of {@link Topics}
     * @param time     when what the event tells became true
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(UUID eventId, UUID studyKey, int revision, String topic, Event event, Instant time) {
        String inputDigest = event instanceof StudyReceived received ? received.inputDigest() : null;
        query(
                        "insert into outbox (event_id, study_key, revision, shard, topic, type, data_schema, input_digest, payload,"
                                + " event_time) values (:eventId, :studyKey, :revision, :shard, :topic, :type, :dataSchema,"
                                + " :inputDigest, :payload, :time) on conflict (event_id) do nothing")
                .setParameter("eventId", eventId)
                .setParameter("studyKey", studyKey)
                .setParameter("revision", revision)
                .setParameter("shard", shard(studyKey))
                .setParameter("topic", topic)
                .setParameter("type", event.type())
                .setParameter("dataSchema", event.dataSchema())
                .setParameter("inputDigest", inputDigest, String.class)
                .setParameter("payload", EventJson.write(event))
                .setParameter("time", time)
                .executeUpdate();
        query("update outbox set settled_at = clock_timestamp() where study_key = :studyKey and topic = :topic"
                        + " and revision < :revision and settled_at is null")
                .setParameter("studyKey", studyKey)
                .setParameter("topic", topic)
                .setParameter("revision", revision)
                .executeUpdate();
        bell.fire(new OutboxRang());
    }

    /** A plan for this very input of the study was seen. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void sawPlan(UUID studyKey, int revision, String inputDigest) {
        query("update outbox set plan_seen_at = coalesce(plan_seen_at, clock_timestamp()),"
                        + " settled_at = case when report_seen_at is not null then clock_timestamp() end"
                        + " where study_key = :studyKey and revision = :revision and topic = :topic"
                        + " and input_digest = :inputDigest and settled_at is null")
                .setParameter("studyKey", studyKey)
                .setParameter("revision", revision)
                .setParameter("topic", Topics.STUDY_RECEIVED)
                .setParameter("inputDigest", inputDigest)
                .executeUpdate();
    }

    /** A settled report of this revision of the study was seen. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void sawReport(UUID studyKey, int revision) {
        query("update outbox set report_seen_at = coalesce(report_seen_at, clock_timestamp()),"
                        + " settled_at = case when (topic = :studyReceived and (plan_seen_at is not null or revision < :revision))"
                        + " or (topic = :patientContext and sent_at is not null) then clock_timestamp() end"
                        + " where study_key = :studyKey and revision <= :revision and settled_at is null")
                .setParameter("studyReceived", Topics.STUDY_RECEIVED)
                .setParameter("patientContext", Topics.PATIENT_CONTEXT)
                .setParameter("studyKey", studyKey)
                .setParameter("revision", revision)
                .executeUpdate();
    }

    static short shard(UUID studyKey) {
        return (short) Math.floorMod(studyKey.hashCode(), SHARDS);
    }

    private MutationQuery query(String sql) {
        return session.createNativeMutationQuery(sql);
    }
}
