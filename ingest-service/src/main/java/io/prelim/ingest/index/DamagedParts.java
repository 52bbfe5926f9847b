package io.prelim.ingest.index;

import io.prelim.events.EventJson;
import io.prelim.store.SegmentFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.type.StandardBasicTypes;

/**
 * Parts whose bytes are not what was stored. They are never served, and no commitment is made to them; the same object sent again
 * mends them.
 */
@ApplicationScoped
public class DamagedParts {
    private static final String ADD = """
            insert into damaged_parts (part_id, reason)
            select part_id, :reason from parts where part_id = :part on conflict do nothing
            """;
    /** What a volume that is there again holds is no longer missing. */
    private static final String BACK = """
            delete from damaged_parts d using parts p, jsonb_to_recordset(cast(:files as jsonb)) as f(number bigint, bytes bigint)
            where d.reason = 'MISSING' and p.part_id = d.part_id and f.number = p.segment
                and p.position + p.length <= f.bytes
            """;
    /** One look into the index a segment, unless something is missing there. */
    private static final String MISSING = """
            with recursive used(segment) as (
                select min(segment) from parts
                union all
                select (select min(p.segment) from parts p where p.segment > used.segment) from used
                where used.segment is not null
            ), files as (
                select number, bytes from jsonb_to_recordset(cast(:files as jsonb)) as f(number bigint, bytes bigint)
            ), short as (
                select used.segment, coalesce(files.bytes, -1) as bytes
                from used left join files on files.number = used.segment
                cross join lateral (
                    select p.position + p.length as ends from parts p where p.segment = used.segment
                    order by p.position desc limit 1) as last
                where used.segment is not null and last.ends > coalesce(files.bytes, -1)
            ), marked as (
                insert into damaged_parts (part_id, reason)
                select p.part_id, 'MISSING' from parts p join short on short.segment = p.segment
                where p.position + p.length > short.bytes
                on conflict do nothing
                returning part_id
            )
            select p.segment, count(*) from marked join parts p on p.part_id = marked.part_id group by p.segment
            """;

    private static final String LIST = """
            select d.part_id, p.study_key, p.part_class, d.reason, d.found_at
            from damaged_parts d join parts p on p.part_id = d.part_id
            where d.part_id > :after order by d.part_id
            """;

    /** What is wrong with a part. */
    public enum Reason {
        /** The log has no bytes there. */
        MISSING,
        /** The bytes have another digest than those that were stored. */
        ALTERED
    }

    /** A part that is damaged. */
    public record DamagedPart(UUID partId, UUID studyKey, String partClass, Reason reason, Instant foundAt) {}

    private final StatelessSession session;

    DamagedParts(StatelessSession session) {
        this.session = session;
    }

    /** @return whether it was not known before, and its row is there */
    @Transactional
    public boolean add(UUID partId, Reason reason) {
        return session.createNativeMutationQuery(ADD)
                        .setParameter("part", partId)
                        .setParameter("reason", reason.name())
                        .executeUpdate()
                > 0;
    }

    @Transactional
    public boolean contains(UUID partId) {
        return session.createNativeQuery("select count(*) from damaged_parts where part_id = :part", Long.class)
                        .setParameter("part", partId)
                        .getSingleResult()
                > 0;
    }

    @Transactional
    public long count() {
        return session.createNativeQuery("select count(*) from damaged_parts", Long.class)
                .getSingleResult();
    }

    /**
     * Compares places in the index with the files there are.
     *
     * @return how many parts are newly found missing, by segment
     */
    @Transactional
    public Map<Long, Long> findMissing(List<SegmentFile> files) {
        String json = new String(EventJson.write(files), StandardCharsets.UTF_8);
        session.createNativeMutationQuery(BACK).setParameter("files", json).executeUpdate();
        Map<Long, Long> missing = new TreeMap<>();
        session.createNativeQuery(MISSING, Object[].class)
                .setParameter("files", json)
                .getResultList()
                .forEach(row -> missing.put(((Number) row[0]).longValue(), ((Number) row[1]).longValue()));
        return missing;
    }

    /** A page in the order of part ids. @param after of the page before, or the nil UUID */
    @Transactional
    public List<DamagedPart> page(UUID after, int limit) {
        return session
                .createNativeQuery(LIST, Object[].class)
                .addScalar("part_id", StandardBasicTypes.UUID)
                .addScalar("study_key", StandardBasicTypes.UUID)
                .addScalar("part_class", StandardBasicTypes.STRING)
                .addScalar("reason", StandardBasicTypes.STRING)
                .addScalar("found_at", StandardBasicTypes.INSTANT)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(row -> new DamagedPart(
                        (UUID) row[0], (UUID) row[1], (String) row[2], Reason.valueOf((String) row[3]), (Instant)
                                row[4]))
                .toList();
    }
}
