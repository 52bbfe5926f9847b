package io.prelim.ingest.priors;

import io.prelim.events.Ids;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.PriorsConfig;
import io.prelim.ingest.index.StudyContents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * Studies to be fetched as the database has them. The row of a study says that it was asked for, for as long as it is here as prior;
 * so the index knows what came because of it. Each method is a short transaction of its own.
 */
@ApplicationScoped
class Fetches {
    /** What came on its own needs no fetching; what was fetched, or waits, is not fetched again, unless it failed. */
    private static final String WANT = """
            insert into prior_fetches as f (study_key, study_instance_uid, wanted_for)
            select cast(:study as uuid), :uid, cast(:wantedFor as uuid)
            where not exists (select 1 from studies s where s.study_key = :study and s.prior_since is null)
            on conflict (study_key) do update set state = 'WAITING', attempts = 0, requested_at = clock_timestamp(),
                next_attempt_at = clock_timestamp(), wanted_for = excluded.wanted_for
            where f.state = 'FAILED'
            """;

    private static final String CLAIM = """
            update prior_fetches set claimed_until = clock_timestamp() + make_interval(secs => :claim)
            where study_key in (
                select study_key from prior_fetches
                where state = 'WAITING' and next_attempt_at <= clock_timestamp()
                    and (claimed_until is null or claimed_until < clock_timestamp())
                order by next_attempt_at limit 1
                for update skip locked)
            returning study_key, study_instance_uid, attempts
            """;
    private static final String ENDED = """
            update prior_fetches set claimed_until = null, attempts = attempts + 1, state = :state,
                next_attempt_at = clock_timestamp() + make_interval(secs => :wait) where study_key = :study
            """;
    /** Held until the end of the transaction, so that nothing comes on its own meanwhile. */
    private static final String STALE = """
            select study_key from studies
            where prior_since < clock_timestamp() - make_interval(secs => :keep) and revision = 0 and due_at is null
                and not exists (select 1 from erasures e where e.study_key = studies.study_key)
            order by study_key limit :limit for update skip locked
            """;
    /** After what is stored of it, whose bytes are freed by the store. */
    private static final List<String> PURGE = List.of(
            "delete from ledger where study_key = :study",
            "delete from prior_fetches where study_key = :study",
            "delete from studies where study_key = :study");

    private final StatelessSession session;
    private final StudyContents contents;
    private final PriorsConfig config;
    private final String issuer;

    Fetches(StatelessSession session, StudyContents contents, IngestConfig config) {
        this.session = session;
        this.contents = contents;
        this.config = config.priors();
        this.issuer = config.issuer();
    }

    /** @return the study's key when it is to be fetched now; empty when it is here, or waits already */
    @Transactional
    Optional<UUID> want(String studyInstanceUid, UUID wantedFor) {
        UUID study = Ids.study(issuer, studyInstanceUid);
        boolean wanted = session.createNativeMutationQuery(WANT)
                        .setParameter("study", study)
                        .setParameter("uid", studyInstanceUid)
                        .setParameter("wantedFor", wantedFor)
                        .executeUpdate()
                > 0;
        return wanted ? Optional.of(study) : Optional.empty();
    }

    /** Takes the one that is due the longest. */
    @Transactional
    Optional<DueFetch> claim() {
        return session
                .createNativeQuery(CLAIM, Object[].class)
                .setParameter("claim", seconds(config.claim()))
                .getResultList()
                .stream()
                .map(row -> new DueFetch((UUID) row[0], (String) row[1], ((Number) row[2]).intValue()))
                .findFirst();
    }

    @Transactional
    void fetched(UUID studyKey) {
        ended(studyKey, "FETCHED");
    }

    /** @param again whether it is tried once more */
    @Transactional
    void failed(UUID studyKey, boolean again) {
        ended(studyKey, again ? "WAITING" : "FAILED");
    }

    private void ended(UUID studyKey, String state) {
        session.createNativeMutationQuery(ENDED)
                .setParameter("state", state)
                .setParameter("wait", seconds(config.retryAfter()))
                .setParameter("study", studyKey)
                .executeUpdate();
    }

    /**
     * Forgets priors that were kept long enough, and did not come on their own.
     *
     * @return those that were
     */
    @Transactional
    List<UUID> purge(int limit) {
        List<UUID> stale = session.createNativeQuery(STALE, UUID.class)
                .setParameter("keep", seconds(config.keep()))
                .setParameter("limit", limit)
                .getResultList();
        for (UUID study : stale) {
            contents.forget(study);
            PURGE.forEach(statement -> session.createNativeMutationQuery(statement)
                    .setParameter("study", study)
                    .executeUpdate());
        }
        return stale;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
