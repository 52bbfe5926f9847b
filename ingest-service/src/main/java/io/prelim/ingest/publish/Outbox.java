package io.prelim.ingest.publish;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Event;
import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.events.UnreadableEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;

/**
 * What must be told. A row is written in the caller's transaction and is settled once its effect was seen: until then it is sent
 * again. The effect of a study-received is its plan and a settled report of that or a later revision; the effect of a
 * patient-context, once the broker took it, is that report; of a report-signed, a report that names it. What is told of an order or a
 * patient had its effect here before, and is settled when the broker has it.
 */
@ApplicationScoped
public class Outbox {
    /** Fixed: a row's shard is stored with it. */
    static final int SHARDS = 8;

    private final StatelessSession session;
    private final jakarta.enterprise.event.Event<OutboxRang> bell;
    private final ResendBudget budget;

    Outbox(StatelessSession session, jakarta.enterprise.event.Event<OutboxRang> bell, ResendBudget budget) {
        this.session = session;
        this.bell = bell;
        this.budget = budget;
    }

    /**
     * Adds an event, once per id, and settles rows of the same topic that told of earlier revisions of the study.
     *
     * @param eventId  derived, so that the same event added again is no second row
     * @param studyKey or the key of an order or a patient, whose revision is 0
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

    /**
     * Adds what a study's last event of a topic should have said, unless it said that; it stands for that one, and waits for the same
     * effect. Nothing when none was added of that revision.
     *
     * @param time when what the event tells became true
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void correct(UUID studyKey, int revision, String topic, Event event, Instant time) {
        List<Object[]> last = session.createNativeQuery(
                        "select event_id, payload from outbox where study_key = :studyKey and topic = :topic"
                                + " and revision = :revision order by sequence desc limit 1",
                        Object[].class)
                .setParameter("studyKey", studyKey)
                .setParameter("topic", topic)
                .setParameter("revision", revision)
                .getResultList();
        if (last.isEmpty() || Arrays.equals((byte[]) last.get(0)[1], EventJson.write(event))) {
            return;
        }
        UUID corrected = (UUID) last.get(0)[0];
        UUID eventId = Ids.v5("correction", corrected.toString());
        add(eventId, studyKey, revision, topic, event, time);
        query("update outbox set report_seen_at = (select report_seen_at from outbox where event_id = :corrected)"
                        + " where event_id = :eventId")
                .setParameter("corrected", corrected)
                .setParameter("eventId", eventId)
                .executeUpdate();
        query("update outbox set settled_at = clock_timestamp() where event_id = :corrected and settled_at is null")
                .setParameter("corrected", corrected)
                .executeUpdate();
    }

    /** What was last told of a study's revision, whether or not its effect was seen. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<byte[]> told(UUID studyKey, int revision, String topic) {
        return session
                .createNativeQuery(
                        "select payload from outbox where study_key = :studyKey and topic = :topic"
                                + " and revision = :revision order by sequence desc limit 1",
                        byte[].class)
                .setParameter("studyKey", studyKey)
                .setParameter("topic", topic)
                .setParameter("revision", revision)
                .getResultList()
                .stream()
                .findFirst();
    }

    /**
     * What was last told of a study's revision is sent again at once, whether or not its effect is awaited.
     *
     * @return whether there is such an event that the broker may take
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean again(UUID studyKey, int revision, String topic) {
        int rows = query("update outbox set next_send_at = clock_timestamp(), settled_at = null where refusal is null"
                        + " and event_id = (select event_id from outbox where study_key = :studyKey and topic = :topic"
                        + " and revision = :revision order by sequence desc limit 1)")
                .setParameter("studyKey", studyKey)
                .setParameter("topic", topic)
                .setParameter("revision", revision)
                .executeUpdate();
        bell.fire(new OutboxRang());
        return rows > 0;
    }

    /**
     * A plan for this very input of the study was seen. Whoever is told of the study again is told the first plan that was, so that
     * it stays, whatever models come and go.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void sawPlan(AnalysisPlanned plan) {
        UUID studyKey = plan.studyKey();
        int revision = plan.revision();
        String inputDigest = plan.inputDigest();
        ofInput(studyKey, revision, inputDigest).forEach((eventId, received) -> {
            if (received.plan() == null) {
                query("update outbox set payload = :payload where event_id = :eventId")
                        .setParameter("payload", EventJson.write(received.withPlan(plan)))
                        .setParameter("eventId", eventId)
                        .executeUpdate();
            }
        });
        settled(effect("update outbox set plan_seen_at = coalesce(plan_seen_at, clock_timestamp()),"
                        + " settled_at = case when report_seen_at is not null then clock_timestamp() end"
                        + " where study_key = :studyKey and revision = :revision and topic = :topic"
                        + " and input_digest = :inputDigest and settled_at is null")
                .setParameter("studyKey", studyKey)
                .setParameter("revision", revision)
                .setParameter("topic", Topics.STUDY_RECEIVED)
                .setParameter("inputDigest", inputDigest));
    }

    private Map<UUID, StudyReceived> ofInput(UUID studyKey, int revision, String inputDigest) {
        Map<UUID, StudyReceived> told = new LinkedHashMap<>();
        for (Object[] row : session.createNativeQuery(
                        "select event_id, payload from outbox where study_key = :studyKey and revision = :revision"
                                + " and topic = :topic and input_digest = :inputDigest order by sequence for update",
                        Object[].class)
                .setParameter("studyKey", studyKey)
                .setParameter("revision", revision)
                .setParameter("topic", Topics.STUDY_RECEIVED)
                .setParameter("inputDigest", inputDigest)
                .getResultList()) {
            try {
                told.put((UUID) row[0], EventJson.read((byte[]) row[1], StudyReceived.class));
            } catch (UnreadableEvent e) {
                throw new IllegalStateException("an outbox row is not what was written", e);
            }
        }
        return told;
    }

    /** A settled report of this revision of the study was seen. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void sawReport(UUID studyKey, int revision) {
        settled(effect("update outbox set report_seen_at = coalesce(report_seen_at, clock_timestamp()),"
                        + " settled_at = case when (topic = :studyReceived and (plan_seen_at is not null or revision < :revision))"
                        + " or (topic = :patientContext and sent_at is not null) then clock_timestamp() end"
                        + " where study_key = :studyKey and revision <= :revision and settled_at is null")
                .setParameter("studyReceived", Topics.STUDY_RECEIVED)
                .setParameter("patientContext", Topics.PATIENT_CONTEXT)
                .setParameter("studyKey", studyKey)
                .setParameter("revision", revision));
    }

    /** What these events tell was seen to have had its effect. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void saw(Collection<UUID> eventIds) {
        settled(effect(
                        "update outbox set settled_at = clock_timestamp() where event_id in (:ids) and settled_at is null")
                .setParameterList("ids", eventIds));
    }

    /** Whether each row that was changed is settled by it. */
    private NativeQuery<Boolean> effect(String update) {
        return session.createNativeQuery(update + " returning settled_at is not null", Boolean.class);
    }

    private void settled(NativeQuery<Boolean> effect) {
        budget.effects((int)
                effect.getResultList().stream().filter(Boolean::booleanValue).count());
    }

    static short shard(UUID studyKey) {
        return (short) Math.floorMod(studyKey.hashCode(), SHARDS);
    }

    private MutationQuery query(String sql) {
        return session.createNativeMutationQuery(sql);
    }
}
