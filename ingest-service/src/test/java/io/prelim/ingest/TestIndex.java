package io.prelim.ingest;

import static org.awaitility.Awaitility.await;

import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.events.PatientContext;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.events.UnreadableEvent;
import io.prelim.ingest.index.PartIndex;
import io.prelim.ingest.index.PartRow;
import io.prelim.store.SegmentLog;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.hibernate.StatelessSession;

/** What the tests ask of index, store and outbox. */
@ApplicationScoped
public class TestIndex {
    private final StatelessSession session;
    private final PartIndex parts;
    private final SegmentLog log;

    TestIndex(StatelessSession session, PartIndex parts, SegmentLog log) {
        this.session = session;
        this.parts = parts;
        this.log = log;
    }

    public StudyReceived awaitReceived(String study, int revision) {
        return awaitEvent(study, revision, Topics.STUDY_RECEIVED, StudyReceived.class);
    }

    public PatientContext awaitContext(String study, int revision) {
        return awaitEvent(study, revision, Topics.PATIENT_CONTEXT, PatientContext.class);
    }

    public byte[] part(UUID partId) {
        PartRow row = parts.find(partId).orElseThrow();
        try (InputStream in = log.read(row.location())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The object as it came, put together again from its parts. */
    public byte[] original(String sopInstanceUid) {
        Object[] row = rows(
                        "select header_part, pixels_part, pixels_at from instances where sop_instance_uid = :value",
                        sopInstanceUid)
                .get(0);
        byte[] header = part((UUID) row[0]);
        int at = ((Number) row[2]).intValue();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(header, 0, at);
        if (row[1] != null) {
            whole.writeBytes(part((UUID) row[1]));
        }
        whole.write(header, at, header.length - at);
        return whole.toByteArray();
    }

    public byte[] quarantinedPixels(String sopInstanceUid) {
        return part((UUID)
                rows("select pixels_part, status from quarantine where sop_instance_uid = :value", sopInstanceUid)
                        .get(0)[0]);
    }

    public List<String> headerVersions(String sopInstanceUid) {
        return rows(
                        "select header_version, identity_changed from header_versions where sop_instance_uid = :value"
                                + " order by header_version",
                        sopInstanceUid)
                .stream()
                .map(row -> row[0] + " " + row[1])
                .toList();
    }

    public List<String> stages(String study) {
        return rows(
                        "select stage, detail from ledger where study_key = :value and stage is not null order by"
                                + " entry_id",
                        Ids.study("default", study))
                .stream()
                .map(row -> row[0] + " " + row[1])
                .toList();
    }

    public int revision(String study) {
        return in(() -> session.createNativeQuery(
                        "select revision from studies where study_instance_uid = :study", Integer.class)
                .setParameter("study", study)
                .getSingleResult());
    }

    public long count(String table, String column, Object value) {
        return in(() -> session.createNativeQuery(
                        "select count(*) from " + table + " where " + column + " = :value", Long.class)
                .setParameter("value", value)
                .getSingleResult());
    }

    private <T> T awaitEvent(String study, int revision, String topic, Class<T> type) {
        UUID key = Ids.study("default", study);
        List<byte[]> found = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> in(() -> session.createNativeQuery(
                                        "select payload from outbox where study_key = :key and revision = :revision"
                                                + " and topic = :topic",
                                        byte[].class)
                                .setParameter("key", key)
                                .setParameter("revision", revision)
                                .setParameter("topic", topic)
                                .getResultList()),
                        payloads -> !payloads.isEmpty());
        try {
            return EventJson.read(found.get(0), type);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Object[]> rows(String query, Object value) {
        return in(() -> session.createNativeQuery(query, Object[].class)
                .setParameter("value", value)
                .getResultList());
    }

    private static <T> T in(Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(work);
    }
}
