package io.prelim.report.store;

import io.prelim.events.Phi;
import io.prelim.report.lifecycle.Command.Act;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What readers did to a report, and their words. */
@ApplicationScoped
public class ReaderNotes {
    private final EntityManager database;

    ReaderNotes(EntityManager database) {
        this.database = database;
    }

    /** Keeps the words of a version that is written; identified. */
    public void keep(UUID reportKey, int version, Map<UUID, Phi<String>> words) {
        words.forEach((id, text) -> database.createNativeQuery(
                        "insert into reader_words (words_id, report_key, version, words)"
                                + " values (:id, :report, :version, :words)")
                .setParameter("id", id)
                .setParameter("report", reportKey)
                .setParameter("version", version)
                .setParameter("words", text.reveal())
                .executeUpdate());
    }

    /** Identified; for rendering alone. Every words of a report's versions, by their id. */
    public Map<UUID, Phi<String>> words(UUID reportKey) {
        return Rows.of(database.createNativeQuery("select words_id, words from reader_words where report_key = :report")
                        .setParameter("report", reportKey))
                .stream()
                .collect(Collectors.toMap(row -> (UUID) row[0], row -> Phi.of((String) row[1])));
    }

    /** Keeps who made a version. */
    public void moved(UUID reportKey, int version, Act act, String reader, Instant at) {
        database.createNativeQuery("insert into report_moves (report_key, version, move, reader, moved_at)"
                        + " values (:report, :version, :move, :reader, :at)")
                .setParameter("report", reportKey)
                .setParameter("version", version)
                .setParameter("move", act.name())
                .setParameter("reader", reader)
                .setParameter("at", at)
                .executeUpdate();
    }

    /** Oldest first. */
    public List<Moved> moves(UUID reportKey) {
        return Rows.of(database.createNativeQuery("select version, move, reader,"
                                + " cast(extract(epoch from moved_at) * 1000000 as bigint)"
                                + " from report_moves where report_key = :report order by version")
                        .setParameter("report", reportKey))
                .stream()
                .map(row -> new Moved(
                        ((Number) row[0]).intValue(),
                        Act.valueOf((String) row[1]),
                        (String) row[2],
                        Instant.EPOCH.plusNanos(((Number) row[3]).longValue() * 1_000)))
                .toList();
    }

    /** @param version that the move made */
    public record Moved(int version, Act move, String by, Instant at) {}
}
