package io.prelim.ingest.keeping;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.SweepConfig;
import io.prelim.ingest.index.PartRow;
import io.prelim.store.LogPosition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Where the sweep is. Each method is a short transaction of its own. */
@ApplicationScoped
class SweepRows {
    private static final int PAGE = 64;

    /** A round begins when there was none, or the last one is over and began long enough ago. */
    private static final String BEGIN = """
            insert into sweep as s (sweep, segment, position, begun_at) values ('parts', 1, 0, clock_timestamp())
            on conflict (sweep) do update set segment = 1, position = 0, begun_at = clock_timestamp(), ended_at = null
            where s.ended_at is not null and s.begun_at <= clock_timestamp() - make_interval(secs => :every)
            """;

    private static final String PLACE =
            "select segment, position from sweep where sweep = 'parts' and ended_at is null";
    private static final String NEXT = """
            select p.* from parts p where (p.segment, p.position) >= (:segment, :position)
                and p.created_at <= clock_timestamp() - make_interval(secs => :age)
                and not exists (select 1 from damaged_parts d where d.part_id = p.part_id)
            order by p.segment, p.position limit :page
            """;
    private static final String AT =
            "update sweep set segment = :segment, position = :position where sweep = 'parts' and ended_at is null";
    private static final String ENDED = "update sweep set ended_at = clock_timestamp() where sweep = 'parts'";

    private final StatelessSession session;
    private final SweepConfig config;

    SweepRows(StatelessSession session, IngestConfig config) {
        this.session = session;
        this.config = config.sweep();
    }

    /** Where the round goes on; empty when none is due. */
    @Transactional
    Optional<LogPosition> place() {
        session.createNativeMutationQuery(BEGIN)
                .setParameter("every", seconds(config.every()))
                .executeUpdate();
        return session.createNativeQuery(PLACE, Object[].class).getResultList().stream()
                .map(row -> new LogPosition(((Number) row[0]).longValue(), ((Number) row[1]).longValue()))
                .findFirst();
    }

    /** Parts at a place and behind it that are old enough and not known to be damaged, oldest place first. */
    @Transactional
    List<PartRow> from(LogPosition place) {
        return session.createNativeQuery(NEXT, PartRow.class)
                .setParameter("segment", place.segment())
                .setParameter("position", place.offset())
                .setParameter("age", seconds(config.minimumAge()))
                .setParameter("page", PAGE)
                .getResultList();
    }

    @Transactional
    void at(LogPosition place) {
        session.createNativeMutationQuery(AT)
                .setParameter("segment", place.segment())
                .setParameter("position", place.offset())
                .executeUpdate();
    }

    @Transactional
    void ended() {
        session.createNativeMutationQuery(ENDED).executeUpdate();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
