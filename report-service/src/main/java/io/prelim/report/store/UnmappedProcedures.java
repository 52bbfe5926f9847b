package io.prelim.report.store;

import io.prelim.access.Sites;
import io.prelim.events.Code;
import io.prelim.report.draft.PlainText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Local procedure codes that nothing mapped when a study with them was drafted. */
@ApplicationScoped
public class UnmappedProcedures {
    /** What was seen longer ago is forgotten. */
    public static final Duration KEPT = Duration.ofDays(365);

    private static final int LONGEST = 64;

    private final EntityManager database;

    UnmappedProcedures(EntityManager database) {
        this.database = database;
    }

    /** Counts each code once a study. */
    public void seen(UUID studyKey, List<Code> codes) {
        for (Code code : codes) {
            database.createNativeQuery("insert into unmapped_procedures (scheme, code, study_key)"
                            + " values (:scheme, :code, :study) on conflict do nothing")
                    .setParameter("scheme", bounded(code.scheme()))
                    .setParameter("code", bounded(code.value()))
                    .setParameter("study", studyKey)
                    .executeUpdate();
        }
    }

    /** The most frequent first, of these sites' studies. @param age how long ago a study with it was drafted at most */
    public List<Seen> list(Sites sites, Duration age, int limit) {
        Query query = database.createNativeQuery("select scheme, code, count(*),"
                        + " cast(extract(epoch from max(seen_at)) * 1000000 as bigint) from unmapped_procedures"
                        + " where seen_at > clock_timestamp() - make_interval(secs => :seconds)"
                        + (sites.all()
                                ? ""
                                : " and exists (select from report_studies s"
                                        + " where s.study_key = unmapped_procedures.study_key and s.site = any(:sites))")
                        + " group by scheme, code order by 3 desc, 1, 2 limit :limit")
                .setParameter("seconds", (double) age.toSeconds())
                .setParameter("limit", limit);
        if (!sites.all()) {
            query.setParameter("sites", sites.bound());
        }
        return Rows.of(query).stream()
                .map(row -> new Seen(
                        (String) row[0],
                        (String) row[1],
                        ((Number) row[2]).longValue(),
                        Instant.EPOCH.plusNanos(((Number) row[3]).longValue() * 1_000)))
                .toList();
    }

    /** Forgets what was seen longer ago than {@link #KEPT}. */
    @Transactional
    public void forget() {
        database.createNativeQuery("delete from unmapped_procedures"
                        + " where seen_at < clock_timestamp() - make_interval(secs => :seconds)")
                .setParameter("seconds", (double) KEPT.toSeconds())
                .executeUpdate();
    }

    private static String bounded(String text) {
        String plain = PlainText.of(text);
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }

    /** @param times studies drafted with it */
    public record Seen(String scheme, String code, long times, Instant lastSeen) {}
}
