package io.prelim.report.store;

import io.prelim.events.ReportChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What the newest versions of reports say models found. No identity. */
@ApplicationScoped
public class FoundFindings {
    /** No name has it. */
    private static final String SEPARATOR = "\u001f";

    private static final String COLUMNS =
            "finding_id, report_key, version, study_key, study_instance_uid, name, scheme, code, meaning, laterality, presence,"
                    + " probability, model_id, model_version, model_digest, research_only, array_to_string(modalities, ','),"
                    + " site, age_band, sex, cast(extract(epoch from analyzed_at) * 1000000 as bigint),"
                    + " (select status from reports r where r.report_key = report_findings.report_key),"
                    + " array_to_string(manufacturers, '" + SEPARATOR + "')";

    private final EntityManager database;

    FoundFindings(EntityManager database) {
        this.database = database;
    }

    /**
     * Sets what a report says from a version on.
     *
     * @param answers those it was drafted from; none of one that is withdrawn
     */
    public void set(UUID reportKey, int version, int revision, List<UUID> answers) {
        database.createNativeQuery("select 1 from set_report_findings(:report, :version, :revision, :answers)")
                .setParameter("report", reportKey)
                .setParameter("version", version)
                .setParameter("revision", revision)
                .setParameter("answers", answers.toArray(UUID[]::new))
                .getSingleResult();
        database.createNativeQuery("select 1 from set_urgency(:report)")
                .setParameter("report", reportKey)
                .getSingleResult();
    }

    /**
     * The newest first.
     *
     * @param after the last of the page before; null for the first page
     */
    public List<Found> page(FindingFilter filter, Cursor after, int limit) {
        String conditions = filter.conditions()
                + (after == null ? "" : " and (analyzed_at, finding_id) < (" + FindingFilter.time("after") + ", :id)");
        Query query = database.createNativeQuery("select " + COLUMNS + " from report_findings where " + conditions
                + " order by analyzed_at desc, finding_id desc limit :limit");
        filter.bind(query);
        if (after != null) {
            query.setParameter("after", micros(after.analyzedAt())).setParameter("id", after.findingId());
        }
        query.setParameter("limit", limit);
        return Rows.of(query).stream().map(FoundFindings::found).toList();
    }

    /** How many there are, by what they are grouped by; the most frequent first, days and weeks in their order. */
    public List<Count> count(FindingFilter filter, Grouping by, int limit) {
        // by report first: counting what is distinct would sort every finding
        Query query = database.createNativeQuery(
                "select " + by.label + ", cast(sum(findings) as bigint), cast(sum(present) as bigint),"
                        + " sum(probability) / sum(findings), count(*) from (select " + by.expression
                        + " as part, report_key, count(*) as findings, count(*) filter (where presence = 'PRESENT') as present,"
                        + " sum(probability) as probability from report_findings where " + filter.conditions()
                        + " group by 1, 2) by_report group by part order by " + (by.time ? "part" : "2 desc, 1")
                        + " limit :limit");
        filter.bind(query);
        query.setParameter("limit", limit);
        return Rows.of(query).stream()
                .map(row -> new Count(
                        (String) row[0],
                        ((Number) row[1]).longValue(),
                        ((Number) row[2]).longValue(),
                        ((Number) row[3]).doubleValue(),
                        ((Number) row[4]).longValue()))
                .toList();
    }

    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000), time.getNano() / 1_000);
    }

    private static Found found(Object[] row) {
        return new Found(
                (UUID) row[0],
                (UUID) row[1],
                ((Number) row[2]).intValue(),
                (UUID) row[3],
                (String) row[4],
                (String) row[5],
                (String) row[6],
                (String) row[7],
                (String) row[8],
                (String) row[9],
                (String) row[10],
                ((Number) row[11]).doubleValue(),
                (String) row[12],
                (String) row[13],
                (String) row[14],
                (Boolean) row[15],
                Arrays.stream(((String) row[16]).split(","))
                        .filter(each -> !each.isEmpty())
                        .toList(),
                (String) row[17],
                (String) row[18],
                (String) row[19],
                Instant.EPOCH.plusNanos(((Number) row[20]).longValue() * 1_000),
                ReportChanged.Status.valueOf((String) row[21]),
                Arrays.stream(((String) row[22]).split(SEPARATOR))
                        .filter(each -> !each.isEmpty())
                        .toList());
    }

    /** Where a page ended. */
    public record Cursor(Instant analyzedAt, UUID findingId) {}

    /** What findings are counted by. */
    public enum Grouping {
        /** Of the analysis, UTC, {@code yyyy-MM-dd}. */
        DAY("date_trunc('day', analyzed_at at time zone 'UTC')", "to_char(part, 'YYYY-MM-DD')"),
        /** As a day, by ISO 8601, such as {@code 2026-W09}. */
        WEEK("date_trunc('week', analyzed_at at time zone 'UTC')", "to_char(part, 'IYYY-\"W\"IW')"),
        SITE("site"),
        /** Several of one study together, such as {@code CT,PT}. */
        MODALITY("array_to_string(modalities, ',')"),
        /** As a modality. */
        MANUFACTURER("array_to_string(manufacturers, ', ')"),
        /** Id and version. */
        MODEL("model_id || ' ' || model_version"),
        /** Scheme and value. */
        CODE("scheme || '|' || code"),
        AGE_BAND("age_band"),
        SEX("sex");

        private final String expression;
        private final String label;
        private final boolean time;

        Grouping(String expression) {
            this.expression = expression;
            this.label = "part";
            this.time = false;
        }

        /** @param label of the group's time */
        Grouping(String expression, String label) {
            this.expression = expression;
            this.label = label;
            this.time = true;
        }
    }

    /**
     * One finding of the newest version of a report.
     *
     * @param modalities of the study's images
     * @param site       null, as age band and sex, where the study's images did not say, or are not known yet
     * @param status     of the report
     * @param manufacturers of what the study's images were taken with
     */
    public record Found(
            UUID findingId,
            UUID reportKey,
            int version,
            UUID studyKey,
            String studyInstanceUid,
            String name,
            String scheme,
            String code,
            String meaning,
            String laterality,
            String presence,
            double probability,
            String modelId,
            String modelVersion,
            String modelDigest,
            boolean researchOnly,
            List<String> modalities,
            String site,
            String ageBand,
            String sex,
            Instant analyzedAt,
            ReportChanged.Status status,
            List<String> manufacturers) {}

    /**
     * @param group           null where the findings do not say
     * @param present         of the findings
     * @param meanProbability of all of them, absent ones included
     * @param reports         they are of
     */
    public record Count(String group, long findings, long present, double meanProbability, long reports) {}
}
