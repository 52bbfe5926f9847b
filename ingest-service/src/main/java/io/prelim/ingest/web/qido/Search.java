package io.prelim.ingest.web.qido;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Ids;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.index.VisibleInstances;
import io.prelim.ingest.web.dicom.Addresses;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;

/** Searches the index, and makes each match a data set. Memory holds one page of matches. */
@ApplicationScoped
class Search {
    private static final int RETRIEVE_URL = 0x00081190;
    private static final String UTF_8 = "ISO_IR 192";
    private static final String GATHERED = """
            select i.study_key, %s, count(*), count(distinct i.series_instance_uid),
                array_agg(distinct i.attributes ->> 'modality')
            from instances i where i.study_key = any (?) and
            """ + VisibleInstances.VISIBLE + " group by 1, 2";

    /** @param more whether there are matches behind these */
    record Found(List<DataSet> matches, boolean more) {}

    private record Row(UUID studyKey, String study, String series, Object[] values) {}

    private record Group(UUID studyKey, String series) {}

    private record Gathered(int instances, int series, List<String> modalities) {}

    private final DataSource database;
    private final String issuer;
    private final int seconds;

    Search(DataSource database, IngestConfig config) {
        this.database = database;
        this.issuer = config.issuer();
        this.seconds = (int) Math.max(1, config.dicomWeb().searchTimeout().toSeconds());
    }

    /** @param service what URLs of matches begin with */
    Found find(Query query, String service) throws SQLException {
        UUID studyKey = query.path().study() == null
                ? null
                : Ids.study(issuer, query.path().study());
        List<Attribute> columns = Arrays.stream(Attribute.values())
                .filter(attribute -> attribute.expression() != null)
                .filter(attribute -> query.returns(attribute)
                        || attribute == Attribute.SOP_INSTANCE_UID && query.level() == Level.INSTANCE)
                .toList();
        try (Connection connection = database.getConnection()) {
            List<Row> rows = rows(connection, Statement.of(query, issuer, studyKey, columns), columns.size());
            boolean more = rows.size() > query.limit();
            List<Row> page = more ? rows.subList(0, query.limit()) : rows;
            Map<Group, Gathered> gathered = gather(connection, query, page);
            List<DataSet> matches = new ArrayList<>(page.size());
            for (Row row : page) {
                matches.add(match(query, service, columns, row, gathered));
            }
            return new Found(matches, more);
        }
    }

    private List<Row> rows(Connection connection, Statement statement, int columns) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(statement.sql())) {
            select.setQueryTimeout(seconds);
            int next = 1;
            for (Object parameter : statement.parameters()) {
                select.setObject(next++, parameter);
            }
            try (ResultSet found = select.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (found.next()) {
                    Object[] values = new Object[columns];
                    for (int i = 0; i < columns; i++) {
                        values[i] = found.getObject(4 + i);
                    }
                    rows.add(new Row(found.getObject(1, UUID.class), found.getString(2), found.getString(3), values));
                }
                return rows;
            }
        }
    }

    /** What matches are made of: once for the studies of a page, and by series where those are asked for. */
    private Map<Group, Gathered> gather(Connection connection, Query query, List<Row> page) throws SQLException {
        Map<Group, Gathered> gathered = new HashMap<>();
        UUID[] studies = page.stream().map(Row::studyKey).distinct().toArray(UUID[]::new);
        if (studies.length == 0 || query.level() == Level.INSTANCE && !query.returns(Attribute.MODALITIES_IN_STUDY)) {
            return gathered;
        }
        List<String> groups = query.level() == Level.STUDY || !query.returns(Attribute.MODALITIES_IN_STUDY)
                ? List.of(query.level() == Level.STUDY ? "cast(null as text)" : "i.series_instance_uid")
                : List.of("cast(null as text)", "i.series_instance_uid");
        for (String group : groups) {
            try (PreparedStatement select = connection.prepareStatement(GATHERED.formatted(group))) {
                select.setQueryTimeout(seconds);
                Array keys = connection.createArrayOf("uuid", studies);
                select.setArray(1, keys);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        String[] modalities = (String[]) rows.getArray(5).getArray();
                        gathered.put(
                                new Group(rows.getObject(1, UUID.class), rows.getString(2)),
                                new Gathered(
                                        rows.getInt(3),
                                        rows.getInt(4),
                                        Arrays.stream(modalities)
                                                .filter(Objects::nonNull)
                                                .toList()));
                    }
                }
            }
        }
        return gathered;
    }

    private static DataSet match(
            Query query, String service, List<Attribute> columns, Row row, Map<Group, Gathered> gathered) {
        DataSet match = new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, UTF_8)
                .putString(Tag.INSTANCE_AVAILABILITY, "ONLINE");
        DataSet request = new DataSet();
        String instance = null;
        for (int i = 0; i < columns.size(); i++) {
            Attribute attribute = columns.get(i);
            Object value = row.values()[i];
            instance = attribute == Attribute.SOP_INSTANCE_UID ? (String) value : instance;
            if (attribute.requested()) {
                if (value != null) {
                    put(request, attribute.tag(), value);
                }
            } else {
                put(match, attribute.tag(), value);
            }
        }
        if (!request.isEmpty()) {
            match.putSequence(Tag.REQUEST_ATTRIBUTES_SEQUENCE, request);
        }
        // what the address fixes is told all the same: a match stands on its own
        match.putString(Tag.STUDY_INSTANCE_UID, row.study());
        if (row.series() != null) {
            match.putString(Tag.SERIES_INSTANCE_UID, row.series());
        }
        Gathered study = gathered.get(new Group(row.studyKey(), null));
        if (study != null && query.returns(Attribute.MODALITIES_IN_STUDY)) {
            match.putString(
                            Attribute.MODALITIES_IN_STUDY.tag(),
                            study.modalities().toArray(String[]::new))
                    .putInteger(Tag.NUMBER_OF_STUDY_RELATED_SERIES, study.series())
                    .putInteger(Tag.NUMBER_OF_STUDY_RELATED_INSTANCES, study.instances());
        }
        Gathered series = gathered.get(new Group(row.studyKey(), row.series()));
        if (series != null && query.level() == Level.SERIES) {
            match.putInteger(Tag.NUMBER_OF_SERIES_RELATED_INSTANCES, series.instances());
        }
        return match.putString(RETRIEVE_URL, Addresses.of(service, row.study(), row.series(), instance));
    }

    private static void put(DataSet dataSet, int tag, Object value) {
        if (value == null) {
            dataSet.putString(tag, new String[0]);
        } else if (value instanceof Integer number) {
            dataSet.putInteger(tag, number);
        } else {
            dataSet.putString(tag, (String) value);
        }
    }
}
