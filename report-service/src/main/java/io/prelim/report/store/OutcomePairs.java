package io.prelim.report.store;

import io.prelim.access.Sites;
import io.prelim.events.EventJson;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.compare.ModelComparison;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers of several models for one revision of a study. */
@ApplicationScoped
public class OutcomePairs {
    private static final String FETCH_SIZE = "org.hibernate.fetchSize";
    private static final int ROWS_AT_ONCE = 100;

    private final EntityManager database;

    OutcomePairs(EntityManager database) {
        this.database = database;
    }

    /**
     * A model beside the others that were planned with it for a revision of a study; read row by row.
     *
     * @param sites       whose studies
     * @param modelDigest {@code sha256:…}
     * @param within      how long ago at most it answered
     * @param limit       of its newest answers so many are looked at
     * @return empty when it answered nothing that another answered
     */
    public Optional<ModelComparison> compare(Sites sites, String modelDigest, Duration within, int limit) {
        Query query = database.createNativeQuery("select cast(one.event as text), cast(other.event as text)"
                        + " from (select outcome_id, event, study_key, received_at from outcomes"
                        + " where event -> 'model' ->> 'modelDigest' = :digest"
                        + " and received_at >= clock_timestamp() - make_interval(secs => :seconds)"
                        + (sites.all()
                                ? ""
                                : " and exists (select from report_studies s where s.study_key = outcomes.study_key"
                                        + " and s.site = any(:sites))")
                        + " order by received_at desc limit :limit) one"
                        + " join outcomes other on other.study_key = one.study_key"
                        + " and exists (select 1 from plans p join plans q on q.study_key = p.study_key"
                        + " and q.revision = p.revision where p.study_key = one.study_key"
                        + " and p.event -> 'planned' @> jsonb_build_array(jsonb_build_object('outcomeId', one.outcome_id))"
                        + " and q.event -> 'planned' @> jsonb_build_array(jsonb_build_object('outcomeId', other.outcome_id)))"
                        + " and other.event -> 'model' ->> 'modelDigest' <> :digest"
                        + " order by one.received_at desc")
                .setParameter("digest", modelDigest)
                .setParameter("seconds", (double) within.toSeconds())
                .setParameter("limit", limit)
                .setHint(FETCH_SIZE, ROWS_AT_ONCE);
        if (!sites.all()) {
            query.setParameter("sites", sites.bound());
        }
        ModelComparison.Tally tally = new ModelComparison.Tally();
        try (Stream<?> rows = query.getResultStream()) {
            rows.map(Object[].class::cast).forEach(row -> tally.add(outcome(row[0]), outcome(row[1])));
        }
        return Optional.ofNullable(tally.result());
    }

    private static StudyAnalyzed outcome(Object json) {
        try {
            return EventJson.read(((String) json).getBytes(StandardCharsets.UTF_8), StudyAnalyzed.class);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("a stored fact is no StudyAnalyzed", e);
        }
    }
}
