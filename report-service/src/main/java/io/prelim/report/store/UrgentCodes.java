package io.prelim.report.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which findings are urgent whatever their model says, and the urgency of reports. */
@ApplicationScoped
public class UrgentCodes {
    private final EntityManager database;

    UrgentCodes(EntityManager database) {
        this.database = database;
    }

    /**
     * Sets them; where others were set before, reports with such findings are weighed again.
     *
     * @param codes scheme and value with a bar between them
     * @return whether others were set before
     */
    @Transactional
    public boolean set(Set<String> codes) {
        database.createNativeQuery("lock table urgent_codes in exclusive mode").executeUpdate();
        Set<String> before = new HashSet<>(
                Rows.of(database.createNativeQuery("select scheme || '|' || code from urgent_codes"), String.class));
        if (before.equals(codes)) {
            return false;
        }
        database.createNativeQuery("delete from urgent_codes").executeUpdate();
        codes.forEach(
                code -> database.createNativeQuery("insert into urgent_codes (scheme, code) values (:scheme, :code)")
                        .setParameter("scheme", code.substring(0, code.indexOf('|')))
                        .setParameter("code", code.substring(code.indexOf('|') + 1))
                        .executeUpdate());
        Set<String> changed = new HashSet<>(before);
        changed.addAll(codes);
        weigh(changed);
        return true;
    }

    private void weigh(Set<String> codes) {
        List<String> all = new ArrayList<>(codes);
        database.createNativeQuery(
                        "select count(set_urgency(report_key)) from (select distinct report_key from report_findings"
                                + " where (scheme, code) in (select split_part(c, '|', 1), split_part(c, '|', 2)"
                                + " from unnest(cast(:codes as text[])) c)) of_these")
                .setParameter("codes", all.toArray(String[]::new))
                .getSingleResult();
    }
}
