package io.prelim.report.store;

import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;

/** Results of native queries; the interface is untyped. */
final class Rows {
    private Rows() {}

    /** Of a query that selects more than one column. */
    static List<Object[]> of(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).toList();
    }

    /** Of a query that selects one column. */
    static <T> List<T> of(Query query, Class<T> type) {
        List<?> rows = query.getResultList();
        return rows.stream().map(type::cast).toList();
    }

    /** A point in time as {@link #instant} reads it. */
    static String micros(String column) {
        return "cast(extract(epoch from " + column + ") * 1000000 as bigint)";
    }

    /** Null stays null. */
    static Instant instant(Object micros) {
        return micros == null ? null : Instant.EPOCH.plusNanos(((Number) micros).longValue() * 1_000);
    }
}
