package io.prelim.ingest.web.qido;

import io.prelim.ingest.index.VisibleInstances;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A search as one SQL statement: its text is made of constants of this package alone, every value is a parameter. Rows come by when their
 * study did, the latest first, then by number and UID. Pure.
 *
 * @param sql        columns are the study's key, its UID, and the attributes that have an expression, in order; a series' UID is the third
 * @param parameters texts, numbers and UUIDs, in order
 */
record Statement(String sql, List<Object> parameters) {
    private static final String ISSUER = " where s.issuer = ?";

    Statement {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** @param studyKey of the study that the address names; null for none */
    static Statement of(Query query, String issuer, UUID studyKey, List<Attribute> columns) {
        List<Object> parameters = new ArrayList<>();
        StringBuilder sql = new StringBuilder("select s.study_key, s.study_instance_uid, ")
                .append(query.level() == Level.STUDY ? "null" : "q.series_instance_uid");
        columns.forEach(column -> sql.append(", ").append(column.expression()));
        sql.append(from(query.level())).append(ISSUER);
        parameters.add(issuer);
        sql.append(visible(query.level()));
        if (studyKey != null) {
            sql.append(" and s.study_key = ?");
            parameters.add(studyKey);
        }
        if (query.path().series() != null) {
            sql.append(" and q.series_instance_uid = ?");
            parameters.add(query.path().series());
        }
        query.keys().forEach(key -> sql.append(" and ").append(condition(key, parameters)));
        sql.append(" order by s.received_at desc, s.study_key");
        if (query.level() != Level.STUDY) {
            sql.append(", q.series_number nulls last, q.series_instance_uid");
        }
        if (query.level() == Level.INSTANCE) {
            sql.append(", ").append(Attribute.INSTANCE_NUMBER.expression()).append(" nulls last, i.sop_instance_uid");
        }
        sql.append(" limit ? offset ?");
        parameters.add(query.limit() + 1); // one more shows that there are more
        parameters.add(query.offset());
        return new Statement(sql.toString(), parameters);
    }

    private static String from(Level level) {
        String studies = " from studies s left join study_identity n on n.study_key = s.study_key";
        return switch (level) {
            case STUDY -> studies;
            case SERIES -> studies + " join series q on q.study_key = s.study_key";
            case INSTANCE -> studies + """
                     join series q on q.study_key = s.study_key
                     join instances i on i.study_key = q.study_key and i.series_instance_uid = q.series_instance_uid
                        and i.issuer = s.issuer
                    """;
        };
    }

    private static String visible(Level level) {
        return switch (level) {
            case STUDY ->
                " and exists (select 1 from instances i where i.study_key = s.study_key and " + VisibleInstances.VISIBLE
                        + ")";
            case SERIES ->
                " and exists (select 1 from instances i where i.study_key = q.study_key"
                        + " and i.series_instance_uid = q.series_instance_uid and " + VisibleInstances.VISIBLE + ")";
            case INSTANCE -> " and " + VisibleInstances.VISIBLE;
        };
    }

    private static String condition(Query.Key key, List<Object> parameters) {
        String column = key.attribute().expression();
        String value = key.value();
        return switch (key.attribute().matching()) {
            case UID -> {
                List<String> uids = Values.uids(value);
                parameters.addAll(uids);
                yield column + " in (" + String.join(", ", Collections.nCopies(uids.size(), "?")) + ")";
            }
            case DATE -> range(column, Values.dates(value), parameters);
            case TIME -> range(time(column), Values.times(value), parameters);
            case NUMBER -> {
                parameters.add(Integer.parseInt(value));
                yield column + " = ?";
            }
            case NAME -> name(column, value, parameters);
            case ANY_MODALITY ->
                "exists (select 1 from instances i where i.study_key = s.study_key and "
                        + text("i.attributes ->> 'modality'", value, parameters, UnaryOperator.identity()) + " and "
                        + VisibleInstances.VISIBLE + ")";
            case TEXT -> text(column, value, parameters, UnaryOperator.identity());
            case NONE -> throw new IllegalArgumentException(key.attribute() + " is no key");
        };
    }

    private static String range(String column, Values.Range range, List<Object> parameters) {
        List<String> bounds = new ArrayList<>();
        if (range.from() != null) {
            bounds.add(column + " >= ?");
            parameters.add(range.from());
        }
        if (range.to() != null) {
            bounds.add(column + " <= ?");
            parameters.add(range.to());
        }
        return String.join(" and ", bounds);
    }

    /** As HHMMSS.FFFFFF, whatever was left out of it. */
    private static String time(String column) {
        return "rpad(replace(split_part(" + column + ", '.', 1), ':', ''), 6, '0') || '.' || rpad(split_part(" + column
                + ", '.', 2), 6, '0')";
    }

    /** As the index on names has it: empty components at the end say nothing. */
    private static String name(String column, String value, List<Object> parameters) {
        String group = value.indexOf('=') >= 0 ? column : "split_part(" + column + ", '=', 1)";
        return text(
                "rtrim(lower(" + group + "), '^')",
                value,
                parameters,
                parameter -> "rtrim(lower(" + parameter + "), '^')");
    }

    private static String text(String column, String value, List<Object> parameters, UnaryOperator<String> normalized) {
        boolean wild = Values.wild(value);
        parameters.add(wild ? Values.pattern(value) : value);
        return column + (wild ? " like " : " = ") + normalized.apply("cast(? as text)");
    }

    /** Shows no parameters: they may identify a patient. */
    @Override
    public String toString() {
        return sql;
    }
}
