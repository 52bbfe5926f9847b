package io.prelim.ingest.keeping;

import io.prelim.ingest.index.IndexWitness;
import io.prelim.store.Location;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.type.StandardBasicTypes;

/** What the index needs of each segment. Each method is a short transaction of its own. */
@ApplicationScoped
class SegmentUse {
    private static final String BYTES = """
            select p.segment, cast(sum(p.length) as bigint) as bytes from parts p group by p.segment
            """;
    private static final String PLACES = """
            select p.position, p.part_id, exists (select 1 from damaged_parts d where d.part_id = p.part_id) as damaged
            from parts p where p.segment = :segment
            """;
    private static final String MOVE = """
            update parts set segment = :segment, position = :position
            where segment = :old_segment and position = :old_position
            """;
    /**
     * Waits for every statement that writes parts, one that its client has given up among them, and keeps new ones away for the moment
     * that the look and the deletion take.
     */
    private static final List<String> ALONE =
            List.of("set local lock_timeout = '2s'", "lock table parts in share row exclusive mode");

    private static final String NEEDED = """
            select count(*) from parts p where p.segment = :segment
                and (:damaged or not exists (select 1 from damaged_parts d where d.part_id = p.part_id))
            """;

    /** A place in a segment that rows name. */
    record Place(UUID partId, boolean damaged) {}

    /** What is done to a segment that nobody needs. */
    interface Drop {
        void run() throws IOException;
    }

    private final StatelessSession session;
    private final IndexWitness witness;

    SegmentUse(StatelessSession session, IndexWitness witness) {
        this.session = session;
        this.witness = witness;
    }

    /** Bytes that rows name, by segment. */
    Map<Long, Long> bytes() {
        return QuarkusTransaction.requiringNew().call(() -> {
            Map<Long, Long> bytes = new HashMap<>();
            session.createNativeQuery(BYTES, Object[].class)
                    .getResultList()
                    .forEach(row -> bytes.put(((Number) row[0]).longValue(), ((Number) row[1]).longValue()));
            return bytes;
        });
    }

    /** By offset; several rows may name one place. */
    Map<Long, Set<Place>> places(long segment) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Map<Long, Set<Place>> places = new HashMap<>();
            session.createNativeQuery(PLACES, Object[].class)
                    .addScalar("position", StandardBasicTypes.LONG)
                    .addScalar("part_id", StandardBasicTypes.UUID)
                    .addScalar("damaged", StandardBasicTypes.BOOLEAN)
                    .setParameter("segment", segment)
                    .getResultList()
                    .forEach(row -> places.computeIfAbsent((Long) row[0], offset -> new HashSet<>())
                            .add(new Place((UUID) row[1], (Boolean) row[2])));
            return places;
        });
    }

    /** Parts that were copied: their rows name the copies, all or none. */
    void move(List<Location> from, List<Location> to) {
        QuarkusTransaction.requiringNew().run(() -> {
            for (int i = 0; i < from.size(); i++) {
                session.createNativeMutationQuery(MOVE)
                        .setParameter("segment", to.get(i).segment())
                        .setParameter("position", to.get(i).offset())
                        .setParameter("old_segment", from.get(i).segment())
                        .setParameter("old_position", from.get(i).offset())
                        .executeUpdate();
            }
        });
    }

    /**
     * Drops a segment if no row names it, and none may have been lost that did.
     *
     * @param damagedCount whether rows of parts that are damaged count
     * @return whether it was dropped
     */
    boolean dropUnused(long segment, boolean damagedCount, Drop drop) throws IOException {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                ALONE.forEach(statement ->
                        session.createNativeMutationQuery(statement).executeUpdate());
                if (!witness.standsNow()) {
                    return false;
                }
                long needed = session.createNativeQuery(NEEDED, Long.class)
                        .setParameter("segment", segment)
                        .setParameter("damaged", damagedCount)
                        .getSingleResult();
                if (needed == 0) {
                    drop.run();
                }
                return needed == 0;
            });
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw e;
        }
    }
}
