package io.prelim.ingest.hint;

import io.prelim.events.EventJson;
import io.prelim.ingest.config.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** What was announced of studies, until it is here. */
@ApplicationScoped
public class Announcements {
    private static final String ADD = """
            insert into announcements (issuer, source, sop_instance_uid, study_key, instances, state)
            select :issuer, :source, :uid, cast(study as uuid),
                array(select jsonb_array_elements_text(cast(:instances as jsonb))), :state
            from jsonb_array_elements_text(cast(:studies as jsonb)) as study
            on conflict do nothing
            """;
    /** That an instance of announcement a has not come. An instance that is here under another study is here. */
    static final String MISSING = """
            exists (select 1 from unnest(a.instances) as u where not exists (
                select 1 from instances i where i.issuer = a.issuer and i.sop_instance_uid = u))
            """;
    /** Whole, of studies whose quiet period runs. */
    private static final String WHOLE = """
            select a.study_key, a.source, a.sop_instance_uid, cardinality(a.instances)
            from studies s join announcements a on a.study_key = s.study_key
            where s.due_at > clock_timestamp() and a.state = 'WAITING' and not
            """ + MISSING + " order by s.due_at limit :limit";
    /** What is here when a study is complete says nothing of what comes later. */
    private static final String MEET = """
            update announcements a set state = 'MET', instances = '{}'
            where a.study_key = :study and a.state = 'WAITING' and not
            """ + MISSING;

    private static final String COMPLETE =
            " and exists (select 1 from studies s where s.study_key = a.study_key and s.due_at is null)";
    private static final String PURGE = """
            delete from announcements where ctid in (
                select ctid from announcements where told_at < clock_timestamp() - :seconds * interval '1 second' limit :limit)
            """;

    /** An announcement whose instances are all here. */
    record Whole(UUID studyKey, Announcement.Source source, String sopInstanceUid, long instances) {}

    private final StatelessSession session;
    private final String issuer;

    Announcements(StatelessSession session, IngestConfig config) {
        this.session = session;
        this.issuer = config.issuer();
    }

    /**
     * Keeps it, in the caller's transaction.
     *
     * @return false when one of that UID is there already; nothing is changed then
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean add(Announcement announcement) {
        boolean added = session.createNativeMutationQuery(ADD)
                        .setParameter("issuer", issuer)
                        .setParameter("source", announcement.source().code())
                        .setParameter("uid", announcement.sopInstanceUid())
                        .setParameter("instances", json(announcement.awaited()))
                        .setParameter("studies", json(announcement.studies()))
                        .setParameter("state", announcement.state())
                        .executeUpdate()
                > 0;
        if (added) {
            announcement
                    .studies()
                    .forEach(study -> session.createNativeMutationQuery(MEET + COMPLETE)
                            .setParameter("study", study)
                            .executeUpdate());
        }
        return added;
    }

    /** In the caller's transaction: the study is complete, and what was announced of it and is here is done with. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void meet(UUID studyKey) {
        session.createNativeMutationQuery(MEET).setParameter("study", studyKey).executeUpdate();
    }

    @Transactional
    List<Whole> whole(int limit) {
        return session.createNativeQuery(WHOLE, Object[].class).setParameter("limit", limit).getResultList().stream()
                .map(row -> new Whole(
                        (UUID) row[0],
                        Announcement.Source.of((String) row[1]),
                        (String) row[2],
                        ((Number) row[3]).longValue()))
                .toList();
    }

    /** @return how many went */
    @Transactional
    int purge(long seconds, int limit) {
        return session.createNativeMutationQuery(PURGE)
                .setParameter("seconds", seconds)
                .setParameter("limit", limit)
                .executeUpdate();
    }

    private static String json(List<?> values) {
        return new String(EventJson.write(values), StandardCharsets.UTF_8);
    }
}
