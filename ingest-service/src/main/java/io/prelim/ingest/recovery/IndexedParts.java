package io.prelim.ingest.recovery;

import io.prelim.store.Location;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.type.StandardBasicTypes;

/** What the index says of the log. Each method is a short transaction of its own. */
@ApplicationScoped
class IndexedParts {
    private static final String KNOWN = "select part_id from parts where part_id in (:parts)";
    private static final String ERASED = """
            select study_key, max(coalesce(until_segment, 9223372036854775807)) as until from erasures
            where study_key in (:studies) group by study_key
            """;
    private static final String IN_SEGMENT =
            "select part_id, position, length from parts where segment = :segment and position >= :position";
    private static final String LAST_SEGMENT = "select coalesce(max(segment), 0) from parts";
    private static final String RESTORE_MANIFEST = """
            insert into parts (part_id, study_key, part_class, segment, position, length, digest)
            select cast(:part as uuid), cast(:study as uuid), 'MANIFEST', :segment, :position, :length, :digest
            where exists (select 1 from studies where study_key = :study)
            on conflict do nothing
            """;
    private static final String RESTORE_REVISION =
            "update studies set revision = greatest(revision, :revision) where study_key = :study";

    /** A part's row. */
    record Row(UUID partId, Location location) {}

    private final StatelessSession session;

    IndexedParts(StatelessSession session) {
        this.session = session;
    }

    /** Those of the parts that have a row. */
    Set<UUID> known(Collection<UUID> parts) {
        return QuarkusTransaction.requiringNew()
                .call(() -> new HashSet<>(session.createNativeQuery(KNOWN, UUID.class)
                        .setParameterList("parts", parts)
                        .getResultList()));
    }

    /** Those of the studies that were erased, to the last segment that may hold bytes which are meant. */
    Map<UUID, Long> erased(Collection<UUID> studies) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Map<UUID, Long> erased = new HashMap<>();
            session.createNativeQuery(ERASED, Object[].class)
                    .addScalar("study_key", StandardBasicTypes.UUID)
                    .addScalar("until", StandardBasicTypes.LONG)
                    .setParameterList("studies", studies)
                    .getResultList()
                    .forEach(row -> erased.put((UUID) row[0], (Long) row[1]));
            return erased;
        });
    }

    /** The last segment that a part lies in; 0 when there is none. */
    long lastSegment() {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(LAST_SEGMENT, Long.class).getSingleResult());
    }

    /** Parts that should lie in a segment, from an offset on. */
    List<Row> in(long segment, long position) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session
                        .createNativeQuery(IN_SEGMENT, Object[].class)
                        .addScalar("part_id", StandardBasicTypes.UUID)
                        .addScalar("position", StandardBasicTypes.LONG)
                        .addScalar("length", StandardBasicTypes.LONG)
                        .setParameter("segment", segment)
                        .setParameter("position", position)
                        .getResultList()
                        .stream()
                        .map(row -> new Row((UUID) row[0], new Location(segment, (Long) row[1], (Long) row[2])))
                        .toList());
    }

    /** A manifest of a study that is here; its next revision will be a later one. */
    void restoreManifest(UUID partId, UUID studyKey, int revision, Location location, String digest) {
        QuarkusTransaction.requiringNew().run(() -> {
            session.createNativeMutationQuery(RESTORE_MANIFEST)
                    .setParameter("part", partId)
                    .setParameter("study", studyKey)
                    .setParameter("segment", location.segment())
                    .setParameter("position", location.offset())
                    .setParameter("length", location.length())
                    .setParameter("digest", digest)
                    .executeUpdate();
            session.createNativeMutationQuery(RESTORE_REVISION)
                    .setParameter("revision", revision)
                    .setParameter("study", studyKey)
                    .executeUpdate();
        });
    }
}
