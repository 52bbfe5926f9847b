package io.prelim.ingest.index;

import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.store.Location;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Instances that others may be shown: indexed, which is when they were answered for, and not taken back. What was refused, kept aside or
 * erased is not among them, nor a note that takes others back. Each is under the header that it first came with.
 */
@ApplicationScoped
public class VisibleInstances {
    /** That instance i is one of them, for use in statements. */
    public static final String VISIBLE = "not " + PartIndex.TAKEN_BACK + """
            and not exists (select 1 from rejections n where n.issuer = i.issuer and n.note_uid = i.sop_instance_uid
                and n.lifted_at is null)
            """;

    private static final String SELECT = """
            select i.series_instance_uid, i.sop_instance_uid, i.sop_class_uid, i.transfer_syntax_uid, i.pixels_at,
                h.part_id, h.segment, h.position, h.length, h.digest,
                exists (select 1 from damaged_parts d where d.part_id = h.part_id),
                p.part_id, p.segment, p.position, p.length, p.digest,
                exists (select 1 from damaged_parts d where d.part_id = p.part_id)
            from instances i join parts h on h.part_id = i.header_part left join parts p on p.part_id = i.pixels_part
            where i.study_key = ?
            """;

    private static final String IMAGES = """
            select i.sop_instance_uid, row_number() over (order by q.series_number nulls last, i.series_instance_uid,
                cast(i.attributes ->> 'instanceNumber' as integer) nulls last, i.sop_instance_uid) as number,
                count(*) over () as images
            from instances i
            left join series q on q.study_key = i.study_key and q.series_instance_uid = i.series_instance_uid
            where i.image and i.study_key = ?
            """;

    private static final String KINDS = """
            select i.transfer_syntax_uid, i.pixels_part is not null,
                exists (select 1 from damaged_parts d where d.part_id = i.header_part),
                exists (select 1 from damaged_parts d where d.part_id = i.pixels_part)
            from instances i
            where i.study_key = ?
            """;

    /**
     * Which instances.
     *
     * @param series   null for all of the study
     * @param instance null for all of the series
     */
    public record Scope(UUID studyKey, String series, String instance) {}

    /**
     * One of them. The object is {@code header[0, pixelsAt) + pixels + header[pixelsAt, end)}.
     *
     * @param pixels null when it has no part of its own
     */
    public record Instance(
            String seriesInstanceUid,
            String sopInstanceUid,
            String sopClassUid,
            Kind kind,
            PartRow header,
            PartRow pixels,
            long pixelsAt) {}

    /**
     * How an instance is stored.
     *
     * @param pixels         whether it has a pixels part
     * @param headerDamaged  whether its header is known not to be what was stored
     * @param pixelsDamaged  the same of its pixels
     */
    public record Kind(String transferSyntaxUid, boolean pixels, boolean headerDamaged, boolean pixelsDamaged) {
        public boolean damaged() {
            return headerDamaged || pixelsDamaged;
        }
    }

    private final DataSource database;

    VisibleInstances(DataSource database) {
        this.database = database;
    }

    /**
     * A page, in the order of series and instance UIDs.
     *
     * @param after the last of the page before; null for the first
     */
    public List<Instance> page(Scope scope, Instance after, int limit) throws SQLException {
        String statement = SELECT + within(scope)
                + (after == null ? "" : " and (i.series_instance_uid, i.sop_instance_uid) > (?, ?)")
                + " order by i.series_instance_uid, i.sop_instance_uid limit ?";
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(statement)) {
            int next = bind(select, scope);
            if (after != null) {
                select.setString(next++, after.seriesInstanceUid());
                select.setString(next++, after.sopInstanceUid());
            }
            select.setInt(next, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Instance> page = new ArrayList<>();
                while (rows.next()) {
                    page.add(instance(scope.studyKey(), rows));
                }
                return page;
            }
        }
    }

    /** How they are stored, each way once; none when there is no such instance. */
    public List<Kind> kinds(Scope scope) throws SQLException {
        String statement = KINDS + within(scope) + " group by 1, 2, 3, 4 order by 1, 2, 3, 4";
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(statement)) {
            bind(select, scope);
            try (ResultSet rows = select.executeQuery()) {
                List<Kind> kinds = new ArrayList<>();
                while (rows.next()) {
                    kinds.add(new Kind(rows.getString(1), rows.getBoolean(2), rows.getBoolean(3), rows.getBoolean(4)));
                }
                return kinds;
            }
        }
    }

    /** The UID of the middle one, by their numbers, of those with pixel data. */
    public Optional<String> middleImage(Scope scope) throws SQLException {
        String statement = "select sop_instance_uid from (" + IMAGES + within(scope)
                + ") as image where number = (images + 1) / 2";
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(statement)) {
            bind(select, scope);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private static String within(Scope scope) {
        return (scope.series() == null ? "" : " and i.series_instance_uid = ?")
                + (scope.instance() == null ? "" : " and i.sop_instance_uid = ?")
                + " and " + VISIBLE;
    }

    /** @return the number of the next parameter */
    private static int bind(PreparedStatement statement, Scope scope) throws SQLException {
        int next = 1;
        statement.setObject(next++, scope.studyKey());
        if (scope.series() != null) {
            statement.setString(next++, scope.series());
        }
        if (scope.instance() != null) {
            statement.setString(next++, scope.instance());
        }
        return next;
    }

    private static Instance instance(UUID studyKey, ResultSet row) throws SQLException {
        PartRow pixels = row.getObject(12) == null ? null : part(studyKey, row, 12, PartClass.PIXELS);
        return new Instance(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                new Kind(row.getString(4), pixels != null, row.getBoolean(11), row.getBoolean(17)),
                part(studyKey, row, 6, PartClass.HEADER),
                pixels,
                row.getLong(5));
    }

    private static PartRow part(UUID studyKey, ResultSet row, int first, PartClass partClass) throws SQLException {
        long length = row.getLong(first + 3);
        return new PartRow(
                new PartReference(row.getObject(first, UUID.class), partClass, length, row.getString(first + 4)),
                studyKey,
                new Location(row.getLong(first + 1), row.getLong(first + 2), length));
    }
}
