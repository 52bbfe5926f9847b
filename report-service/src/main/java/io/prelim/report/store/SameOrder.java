package io.prelim.report.store;

import io.prelim.access.Sites;
import io.prelim.events.PatientContext;
import io.prelim.events.ReportChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;

/**
 * Reports of studies that were made for the same order: of the same patient, and one of their orders, or else their accession number, is the
 * same.
 */
@ApplicationScoped
public class SameOrder {
    private static final int MOST = 50;

    private static final String QUERY = SamePatient.STUDIES + """
            select r.report_key, s.study_instance_uid, r.version, r.status, r.settled
            from c
            join report_studies s on s.study_key = c.study_key
            join reports r on r.report_key = s.report_key and r.version > 0
            where (c.event ->> 'accessionNumber' = :accession
                    or exists (select from jsonb_array_elements(coalesce(c.event -> 'orders', '[]')) o
                        where o ->> 'orderKey' = any(:orders)))
                and (:everywhere or s.site = any(:sites))
            order by s.study_instance_uid limit :most
            """;

    private final EntityManager database;

    SameOrder(EntityManager database) {
        this.database = database;
    }

    /**
     * @param context the newest of the study; null while not known
     * @param sites   whose studies
     * @return at most 50, in the order of their studies' UIDs
     */
    public List<Other> of(UUID studyKey, PatientContext context, Sites sites) {
        if (!SamePatient.isKnown(context)) {
            return List.of();
        }
        String[] orders = context.orders() == null
                ? new String[0]
                : context.orders().stream()
                        .map(order -> order.orderKey().toString())
                        .toArray(String[]::new);
        return Rows.of(SamePatient.bind(database.createNativeQuery(QUERY), studyKey, context)
                        .setParameter(
                                "accession",
                                // a study without a number shares none
                                context.accessionNumber() == null
                                        ? ""
                                        : context.accessionNumber().reveal())
                        .setParameter("orders", orders)
                        .setParameter("everywhere", sites.all())
                        .setParameter("sites", sites.bound())
                        .setParameter("most", MOST))
                .stream()
                .map(row -> new Other(
                        (UUID) row[0],
                        (String) row[1],
                        ((Number) row[2]).intValue(),
                        ReportChanged.Status.valueOf((String) row[3]),
                        (Boolean) row[4]))
                .toList();
    }

    /** A report, as its newest version is. */
    public record Other(
            UUID reportKey, String studyInstanceUid, int version, ReportChanged.Status status, boolean settled) {}
}
