package io.prelim.report.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.prelim.access.Sites;
import io.prelim.events.Phi;
import io.prelim.events.ReportChanged;
import io.prelim.report.draft.PlainText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Reports that wait for a reader, the most urgent first: stat before routine, then the probability of the likeliest urgent finding, then
 * who waits longest. Read along an index, so that a page costs the same however many wait.
 */
@ApplicationScoped
public class Worklist {
    /** As the indexes reports_unsigned and reports_waiting say it, word for word. */
    private static final String UNSIGNED =
            "r.status <> 'RETRACTED' and r.state in ('DRAFTING', 'SETTLED', 'CLAIMED', 'REVIEWED')";

    private static final String WAITING = "r.status <> 'RETRACTED' and (r.state in ('DRAFTING', 'SETTLED', 'CLAIMED')"
            + " or r.state = 'REVIEWED' and r.proposals > 0)";

    private static final String ORDER = "(r.priority <> 'STAT'), (-r.urgency), r.first_sequence";

    private final EntityManager database;

    Worklist(EntityManager database) {
        this.database = database;
    }

    /**
     * A page.
     *
     * @param sites      whose reports
     * @param signedHere whether a reviewed report waits for its signature
     * @param after      the last of the page before; null for the first page
     */
    public List<Entry> page(Sites sites, boolean signedHere, Place after, int limit) {
        // the page first, and only then what belongs to its rows
        String page = "select r.* from reports r where r.first_sequence is not null and "
                + (signedHere ? UNSIGNED : WAITING)
                + (sites.all()
                        ? ""
                        : " and exists (select from report_studies o where o.report_key = r.report_key"
                                + " and o.site = any(:sites))")
                + (after == null ? "" : " and (" + ORDER + ") > (:later, -:urgency, :sequence)")
                + " order by " + ORDER + " limit :limit";
        Query query = database.createNativeQuery("select r.report_key, r.version, r.status, r.state, r.settled,"
                        + " r.priority, r.urgency, r.first_sequence, " + Rows.micros("r.waiting_since") + ","
                        + " r.claimed_by, r.proposals, f.name, f.scheme, f.code, f.meaning, f.laterality, f.research_only,"
                        + " c.event ->> 'patientName', c.event ->> 'patientId', c.event ->> 'birthDate', c.event ->> 'sex',"
                        + " c.event ->> 'accessionNumber', c.event ->> 'studyDate', c.event ->> 'studyDescription',"
                        + " (select string_agg(distinct e ->> 'modality', ',') from jsonb_array_elements(s.event -> 'series') e)"
                        + " from (" + page + ") r"
                        + " join report_studies rs on rs.report_key = r.report_key"
                        + " left join report_findings f on f.report_key = r.report_key and f.finding_id = r.urgent_finding"
                        + " left join lateral (select event from contexts where study_key = rs.study_key"
                        + " order by revision desc, context_id desc limit 1) c on true"
                        + " left join lateral (select event from studies where study_key = rs.study_key"
                        + " order by revision desc limit 1) s on true"
                        + " order by " + ORDER)
                .setParameter("limit", limit);
        if (!sites.all()) {
            query.setParameter("sites", sites.bound());
        }
        if (after != null) {
            query.setParameter("later", after.later())
                    .setParameter("urgency", after.urgency())
                    .setParameter("sequence", after.sequence());
        }
        return Rows.of(query).stream().map(Worklist::entry).toList();
    }

    private static Entry entry(Object[] row) {
        double urgency = ((Number) row[6]).doubleValue();
        Urgent urgent = row[11] == null
                ? null
                : new Urgent(
                        plain(row[11]),
                        plain(row[12]),
                        plain(row[13]),
                        plain(row[14]),
                        plain(row[15]),
                        urgency,
                        (Boolean) row[16]);
        return new Entry(
                (UUID) row[0],
                ((Number) row[1]).intValue(),
                ReportChanged.Status.valueOf((String) row[2]),
                (String) row[3],
                (Boolean) row[4],
                (String) row[5],
                urgent,
                Rows.instant(row[8]),
                (String) row[9],
                ((Number) row[10]).intValue(),
                row[24] == null ? List.of() : Arrays.asList(((String) row[24]).split(",")),
                Phi.ofNullable(plain(row[17])),
                Phi.ofNullable(plain(row[18])),
                Phi.ofNullable(plain(row[19])),
                plain(row[20]),
                Phi.ofNullable(plain(row[21])),
                plain(row[22]),
                Phi.ofNullable(plain(row[23])),
                new Place(!"STAT".equals(row[5]), urgency, ((Number) row[7]).longValue()));
    }

    private static String plain(Object value) {
        String plain = PlainText.of((String) value);
        return plain.isEmpty() ? null : plain;
    }

    /**
     * Where an entry stands in the order.
     *
     * @param later   whether it is not stat
     * @param urgency 0 to 1
     * @param sequence position of the report's first version in the event log
     */
    public record Place(boolean later, double urgency, long sequence) {}

    /**
     * The likeliest urgent finding.
     *
     * @param name        in the model's manifest
     * @param probability calibrated, 0 to 1
     */
    public record Urgent(
            String name,
            String scheme,
            String code,
            String meaning,
            String laterality,
            double probability,
            boolean researchOnly) {}

    /**
     * A report that waits; identified, so never logged.
     *
     * @param state        where it stands in its lifecycle
     * @param urgent       null, and left out, where nothing urgent was found
     * @param waitingSince its first version
     * @param claimedBy    null, and left out, for nobody
     * @param proposals    how many wait for a decision
     * @param studyDate    {@code yyyyMMdd}
     */
    public record Entry(
            UUID reportKey,
            int version,
            ReportChanged.Status status,
            String state,
            boolean settled,
            String priority,
            Urgent urgent,
            Instant waitingSince,
            String claimedBy,
            int proposals,
            List<String> modalities,
            Phi<String> patientName,
            Phi<String> patientId,
            Phi<String> birthDate,
            String sex,
            Phi<String> accessionNumber,
            String studyDate,
            Phi<String> studyDescription,
            @JsonIgnore Place place) {}
}
