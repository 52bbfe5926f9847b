package io.prelim.report.store;

import io.prelim.access.Sites;
import io.prelim.events.Code;
import io.prelim.events.Phi;
import io.prelim.events.ReportChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which reports answer a question, by what their newest versions say. In the order of their last change, which is that of the event log. */
@ApplicationScoped
public class ReportSearch {
    private final EntityManager database;

    ReportSearch(EntityManager database) {
        this.database = database;
    }

    /** Of these sites, at most {@code limit}, from the newest change on, or from the oldest. */
    public List<Hit> find(Sites sites, Question question, int limit) {
        Map<String, Object> values = new LinkedHashMap<>();
        StringBuilder where = new StringBuilder("r.version > 0");
        if (!sites.all()) {
            where.append(" and exists (select from report_studies o where o.report_key = r.report_key"
                    + " and o.site = any(:sites))");
            values.put("sites", sites.bound());
        }
        if (question.reports() != null) {
            where.append(" and r.report_key = any(:reports)");
            values.put("reports", question.reports().toArray(UUID[]::new));
        }
        if (question.statuses() != null) {
            where.append(" and r.status = any(:statuses)");
            values.put("statuses", question.statuses().stream().map(Enum::name).toArray(String[]::new));
        }
        if (question.from() != null) {
            where.append(" and r.changed_at >= ").append(FindingFilter.time("from_time"));
            values.put("from_time", FoundFindings.micros(question.from()));
        }
        if (question.to() != null) {
            where.append(" and r.changed_at < ").append(FindingFilter.time("to_time"));
            values.put("to_time", FoundFindings.micros(question.to()));
        }
        if (question.finding() != null) {
            where.append(" and exists (select from report_findings f where f.report_key = r.report_key"
                    + " and f.scheme = :scheme and f.code = :code)");
            values.put("scheme", question.finding().scheme());
            values.put("code", question.finding().value());
        }
        if (question.patientId() != null) {
            where.append(said("patientId", "patient"));
            values.put("patient", question.patientId().reveal());
        }
        if (question.accessionNumber() != null) {
            where.append(said("accessionNumber", "accession"));
            values.put("accession", question.accessionNumber().reveal());
        }
        if (question.after() != null) {
            where.append(" and r.sequence ")
                    .append(question.newestFirst() ? "<" : ">")
                    .append(" :after");
            values.put("after", question.after());
        }
        Query query = database.createNativeQuery("select r.report_key, r.version, r.sequence from reports r where "
                + where + " order by r.sequence " + (question.newestFirst() ? "desc" : "asc") + " limit :limit");
        values.forEach(query::setParameter);
        query.setParameter("limit", limit);
        return Rows.of(query).stream()
                .map(row -> new Hit((UUID) row[0], ((Number) row[1]).intValue(), ((Number) row[2]).longValue()))
                .toList();
    }

    /** The report whose newest version rests on a finding. */
    public Optional<UUID> ofFinding(UUID findingId) {
        return one(
                "select report_key from report_findings where finding_id = :id order by report_key limit 1", findingId);
    }

    /** The report of a study. */
    public Optional<UUID> ofStudy(UUID studyKey) {
        return one("select report_key from report_studies where study_key = :id order by report_key limit 1", studyKey);
    }

    private Optional<UUID> one(String query, UUID id) {
        return Rows.of(database.createNativeQuery(query, UUID.class).setParameter("id", id), UUID.class).stream()
                .findFirst();
    }

    /** What the context says that the newest version stands for; by the index of what any context says first. */
    private static String said(String field, String parameter) {
        return " and r.report_key in (select s.report_key from contexts c join report_studies s on s.study_key = c.study_key"
                + " where md5(c.event ->> '" + field + "') = md5(:" + parameter + "))"
                + " and exists (select from report_versions v join contexts c on c.context_id = v.context_id"
                + " where v.report_key = r.report_key and v.version = r.version and c.event ->> '" + field + "' = :"
                + parameter
                + ")";
    }

    /** @param sequence of the version, in the event log */
    public record Hit(UUID reportKey, int version, long sequence) {}

    /**
     * Null for what is not asked.
     *
     * @param from  changed then or later; {@code to} before then
     * @param after {@link Hit#sequence} of the last of the page before
     */
    public record Question(
            Set<UUID> reports,
            Set<ReportChanged.Status> statuses,
            Instant from,
            Instant to,
            Code finding,
            Phi<String> patientId,
            Phi<String> accessionNumber,
            boolean newestFirst,
            Long after) {}
}
