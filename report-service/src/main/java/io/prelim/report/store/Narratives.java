package io.prelim.report.store;

import io.prelim.events.EventJson;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.statement.Given;
import io.prelim.report.statement.Written;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What writers were asked, and what they wrote. */
@ApplicationScoped
public class Narratives {
    /** What was asked longer ago is forgotten; a draft of then keeps its words. */
    public static final Duration KEPT = Duration.ofDays(30);

    private final EntityManager database;

    Narratives(EntityManager database) {
        this.database = database;
    }

    /** What is known of a draft, by the digest of its plain words. */
    public Optional<Narrative> find(String baseDigest) {
        return Rows.of(database.createNativeQuery(
                                "select cast(given as text), cast(sentences as text), writer, refusal, report_key, language"
                                        + " from narratives where base_digest = :digest")
                        .setParameter("digest", baseDigest))
                .stream()
                .findFirst()
                .map(row -> new Narrative(
                        baseDigest,
                        (UUID) row[4],
                        (String) row[5],
                        List.of(read((String) row[0], Given[].class)),
                        row[1] == null ? null : List.of(read((String) row[1], Written[].class)),
                        (String) row[2],
                        (String) row[3]));
    }

    /** To be worded; once. */
    public void ask(String baseDigest, UUID reportKey, String language, List<Given> given) {
        database.createNativeQuery("insert into narratives (base_digest, report_key, language, given)"
                        + " values (:digest, :report, :language, cast(:given as jsonb)) on conflict do nothing")
                .setParameter("digest", baseDigest)
                .setParameter("report", reportKey)
                .setParameter("language", language)
                .setParameter("given", write(given))
                .executeUpdate();
    }

    /** The next to be worded, this caller's until the claim ends. */
    @Transactional
    public Optional<Waiting> claim(Duration claim) {
        return Rows.of(database.createNativeQuery("update narratives set attempts = attempts + 1,"
                                + " next_try = clock_timestamp() + make_interval(secs => :seconds) where base_digest ="
                                + " (select base_digest from narratives where sentences is null and refusal is null"
                                + " and next_try <= clock_timestamp() order by next_try limit 1 for update skip locked)"
                                + " returning base_digest, attempts")
                        .setParameter("seconds", claim.toMillis() / 1000.0))
                .stream()
                .findFirst()
                .map(row -> new Waiting(find((String) row[0]).orElseThrow(), ((Number) row[1]).intValue()));
    }

    /** What was written is taken. */
    @Transactional
    public void accept(String baseDigest, List<Written> sentences, String writer) {
        decide(
                database.createNativeQuery("update narratives set sentences = cast(:said as jsonb), writer = :writer"
                        + " where base_digest = :digest and sentences is null and refusal is null"),
                baseDigest,
                write(sentences),
                writer);
    }

    /** The plain words stay. @param why without what was written */
    @Transactional
    public void refuse(String baseDigest, String why, String writer) {
        decide(
                database.createNativeQuery("update narratives set refusal = :said, writer = :writer"
                        + " where base_digest = :digest and sentences is null and refusal is null"),
                baseDigest,
                why,
                writer);
    }

    private static void decide(Query update, String baseDigest, String said, String writer) {
        update.setParameter("digest", baseDigest)
                .setParameter("said", said)
                .setParameter("writer", writer)
                .executeUpdate();
    }

    /** Asked again after a pause. */
    @Transactional
    public void later(String baseDigest, Duration pause) {
        database.createNativeQuery("update narratives set next_try = clock_timestamp()"
                        + " + make_interval(secs => :seconds) where base_digest = :digest")
                .setParameter("digest", baseDigest)
                .setParameter("seconds", pause.toMillis() / 1000.0)
                .executeUpdate();
    }

    /** Forgets what was asked longer ago than {@link #KEPT}. */
    @Transactional
    public void forget() {
        database.createNativeQuery(
                        "delete from narratives where asked_at < clock_timestamp() - make_interval(secs => :seconds)")
                .setParameter("seconds", (double) KEPT.toSeconds())
                .executeUpdate();
    }

    private static String write(Object value) {
        return new String(EventJson.write(value), StandardCharsets.UTF_8);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return EventJson.read(json.getBytes(StandardCharsets.UTF_8), type);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("a stored narrative cannot be read", e);
        }
    }

    /** @param sentences null unless accepted @param refusal null unless refused */
    public record Narrative(
            String baseDigest,
            UUID reportKey,
            String language,
            List<Given> given,
            List<Written> sentences,
            String writer,
            String refusal) {}

    /** @param attempt from 1 */
    public record Waiting(Narrative narrative, int attempt) {}
}
