package io.prelim.local.stored;

import io.prelim.store.Location;
import io.prelim.store.SegmentLog;
import io.prelim.store.StoreSettings;
import io.prelim.testkit.host.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Ingest's index and segments, opened anew: ingest must not run meanwhile. */
public final class StoredObjects implements AutoCloseable {
    private static final String VERSIONS = """
            select i.sop_instance_uid, s.study_instance_uid, v.header_version, v.pixels_at,
                h.segment, h.position, h.length, p.segment, p.position, p.length
            from header_versions v
            join instances i on i.issuer = v.issuer and i.sop_instance_uid = v.sop_instance_uid
            join studies s on s.study_key = i.study_key
            join parts h on h.part_id = v.header_part
            left join parts p on p.part_id = i.pixels_part
            order by i.sop_instance_uid, v.header_version
            """;

    private final SegmentLog log;
    private final List<Version> versions;

    private StoredObjects(SegmentLog log, List<Version> versions) {
        this.log = log;
        this.versions = List.copyOf(versions);
    }

    /**
     * One header version of one instance, as the index has it.
     *
     * @param headerVersion from 1
     * @param pixelsAt where in the header the pixel data belong
     * @param pixels null where the object has none of its own
     */
    public record Version(
            String sopInstanceUid,
            String studyInstanceUid,
            int headerVersion,
            long pixelsAt,
            Location header,
            Location pixels) {}

    /** @throws IOException when index or segments cannot be read, or ingest runs */
    public static StoredObjects open(Database index, Path segments) throws IOException {
        List<Version> versions = versions(index);
        return new StoredObjects(SegmentLog.open(StoreSettings.of(segments), Clock.systemUTC()), versions);
    }

    /** Every row, by SOP Instance UID and version. */
    public List<Version> versions() {
        return versions;
    }

    /**
     * The data set as it came.
     *
     * @throws IOException when the log does not have what the index says
     */
    public byte[] bytes(Version version) throws IOException {
        try (InputStream header = log.read(version.header())) {
            byte[] head = header.readAllBytes();
            if (version.pixels() == null) {
                return head;
            }
            int at = (int) version.pixelsAt();
            try (InputStream pixels = log.read(version.pixels());
                    InputStream whole = new SequenceInputStream(
                            new SequenceInputStream(new ByteArrayInputStream(head, 0, at), pixels),
                            new ByteArrayInputStream(head, at, head.length - at))) {
                return whole.readAllBytes();
            }
        }
    }

    @Override
    public void close() {
        log.close();
    }

    private static List<Version> versions(Database index) throws IOException {
        List<Version> versions = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(index.jdbcUrl(), index.username(), index.password());
                PreparedStatement query = connection.prepareStatement(VERSIONS);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Location header = new Location(rows.getLong(5), rows.getLong(6), rows.getLong(7));
                Location pixels = rows.getObject(8) == null
                        ? null
                        : new Location(rows.getLong(8), rows.getLong(9), rows.getLong(10));
                versions.add(new Version(
                        rows.getString(1), rows.getString(2), rows.getInt(3), rows.getLong(4), header, pixels));
            }
            return versions;
        } catch (SQLException e) {
            throw new IOException("the index could not be read", e);
        }
    }
}
