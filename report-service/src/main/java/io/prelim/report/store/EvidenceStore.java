package io.prelim.report.store;

import io.prelim.events.Finding;
import io.prelim.events.PartReference;
import io.prelim.events.StudyAnalyzed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Evidence, kept before the outcome that names it comes, and as long as that outcome. */
@ApplicationScoped
public class EvidenceStore {
    /** Bytes of a part, at most. */
    public static final int MOST_BYTES = 16 << 20;

    private final EntityManager database;

    EvidenceStore(EntityManager database) {
        this.database = database;
    }

    /** What became of a part that was offered. */
    public enum Kept {
        NEW,
        /** The same bytes were there. */
        AGAIN,
        /** A stored outcome names the part with another digest: these bytes would never be read. */
        OTHERWISE_NAMED
    }

    /** @param bytes of that digest, 1 to {@link #MOST_BYTES} */
    @Transactional
    public Kept keep(UUID partId, String digest, String mediaType, byte[] bytes) {
        List<String> named = Rows.of(
                database.createNativeQuery("select digest from outcome_evidence where part_id = :part")
                        .setParameter("part", partId),
                String.class);
        if (!named.isEmpty() && !named.contains(digest)) {
            return Kept.OTHERWISE_NAMED;
        }
        // so that it is not swept before its outcome comes
        int there = database.createNativeQuery("update evidence set stored_at = clock_timestamp()"
                        + " where part_id = :part and digest = :digest")
                .setParameter("part", partId)
                .setParameter("digest", digest)
                .executeUpdate();
        if (there == 1) {
            return Kept.AGAIN;
        }
        int inserted = database.createNativeQuery("insert into evidence (part_id, digest, media_type, bytes)"
                        + " values (:part, :digest, :type, :bytes) on conflict do nothing")
                .setParameter("part", partId)
                .setParameter("digest", digest)
                .setParameter("type", mediaType)
                .setParameter("bytes", bytes)
                .executeUpdate();
        return inserted == 1 ? Kept.NEW : Kept.AGAIN;
    }

    /** Remembers what an outcome names; part of the transaction that stores the outcome. */
    public void name(StudyAnalyzed outcome) {
        for (Finding finding : outcome.findings()) {
            PartReference part = finding.evidence();
            if (part != null) {
                database.createNativeQuery("insert into outcome_evidence (outcome_id, part_id, digest)"
                                + " values (:outcome, :part, :digest) on conflict do nothing")
                        .setParameter("outcome", outcome.outcomeId())
                        .setParameter("part", part.partId())
                        .setParameter("digest", part.digest())
                        .executeUpdate();
            }
        }
    }

    /** What is there of a part, without its bytes; empty when these bytes are not there. */
    @Transactional
    public Optional<Stored> find(PartReference part) {
        return Rows.of(database.createNativeQuery("select media_type, octet_length(bytes) from evidence"
                                + " where part_id = :part and digest = :digest")
                        .setParameter("part", part.partId())
                        .setParameter("digest", part.digest()))
                .stream()
                .findFirst()
                .map(row -> new Stored((String) row[0], ((Number) row[1]).intValue()));
    }

    /**
     * Some of a part's bytes, so that no more of it is ever in memory.
     *
     * @param from  from 0
     * @return fewer than {@code count} at the end; empty when the part is not there
     */
    @Transactional
    public Optional<byte[]> read(PartReference part, int from, int count) {
        return Rows.of(
                        database.createNativeQuery("select substring(bytes from :from for :count) from evidence"
                                        + " where part_id = :part and digest = :digest")
                                .setParameter("from", from + 1)
                                .setParameter("count", count)
                                .setParameter("part", part.partId())
                                .setParameter("digest", part.digest()),
                        byte[].class)
                .stream()
                .findFirst();
    }

    /** Removes what was stored so long ago, and no stored outcome names. @return parts removed */
    @Transactional
    public int sweep(Duration age) {
        return database.createNativeQuery("delete from evidence e"
                        + " where e.stored_at < clock_timestamp() - make_interval(secs => :seconds)"
                        + " and not exists (select from outcome_evidence o"
                        + " where o.part_id = e.part_id and o.digest = e.digest)")
                .setParameter("seconds", (double) age.toSeconds())
                .executeUpdate();
    }

    /** @param length bytes */
    public record Stored(String mediaType, int length) {}
}
