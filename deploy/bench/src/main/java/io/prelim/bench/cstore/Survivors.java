package io.prelim.bench.cstore;

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
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Looks in index and segments, opened anew after a kill, for every object that was acknowledged. */
final class Survivors {
    private static final String PLACES = """
            select i.sop_instance_uid, i.pixels_at, h.segment, h.position, h.length, p.segment, p.position, p.length
            from instances i join parts h on h.part_id = i.header_part join parts p on p.part_id = i.pixels_part
            """;

    private record Place(long pixelsAt, Location header, Location pixels) {}

    private Survivors() {}

    /** @return how many objects of 0 to {@code acknowledged - 1} are not there byte for byte */
    static int lost(Database database, Path segments, Workload workload, int acknowledged) throws IOException {
        Map<String, Place> places = places(database);
        int lost = 0;
        byte[] expected = workload.buffer();
        try (SegmentLog log = SegmentLog.open(StoreSettings.of(segments), Clock.systemUTC())) {
            for (int number = 0; number < acknowledged; number++) {
                Place place = places.get(workload.sopInstanceUid(number));
                workload.become(expected, number);
                lost += place != null && holds(log, place, expected) ? 0 : 1;
            }
        }
        return lost;
    }

    private static boolean holds(SegmentLog log, Place place, byte[] expected) throws IOException {
        byte[] found;
        try (InputStream header = log.read(place.header())) {
            byte[] head = header.readAllBytes();
            int at = (int) place.pixelsAt();
            try (InputStream pixels = log.read(place.pixels());
                    InputStream whole = new SequenceInputStream(
                            new SequenceInputStream(new ByteArrayInputStream(head, 0, at), pixels),
                            new ByteArrayInputStream(head, at, head.length - at))) {
                found = whole.readAllBytes();
            }
        }
        return Arrays.equals(found, expected);
    }

    private static Map<String, Place> places(Database database) throws IOException {
        Map<String, Place> places = new TreeMap<>();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                PreparedStatement query = connection.prepareStatement(PLACES);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                places.put(
                        rows.getString(1),
                        new Place(
                                rows.getLong(2),
                                new Location(rows.getLong(3), rows.getLong(4), rows.getLong(5)),
                                new Location(rows.getLong(6), rows.getLong(7), rows.getLong(8))));
            }
            return places;
        } catch (SQLException e) {
            throw new IOException("the index could not be read", e);
        }
    }
}
