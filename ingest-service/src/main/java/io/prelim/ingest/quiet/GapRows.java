package io.prelim.ingest.quiet;

import io.prelim.ingest.assembly.LongestGaps;
import io.prelim.ingest.assembly.SeenGaps;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What was seen of each sender, as the database has it. */
@ApplicationScoped
class GapRows {
    private static final String ALL = "select sender, modality, studies, gaps, weights from arrival_gaps";
    private static final String LOCK =
            "select studies, gaps, weights from arrival_gaps where sender = ? and modality = ? for update";
    private static final String PUT = """
            insert into arrival_gaps (sender, modality, studies, gaps, weights) values (?, ?, ?, ?, ?)
            on conflict (sender, modality) do update set studies = excluded.studies, gaps = excluded.gaps,
                weights = excluded.weights, changed_at = clock_timestamp()
            """;

    private final DataSource database;

    GapRows(DataSource database) {
        this.database = database;
    }

    Map<Origin, LongestGaps> all() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(ALL);
                ResultSet rows = query.executeQuery()) {
            Map<Origin, LongestGaps> all = new TreeMap<>();
            while (rows.next()) {
                all.put(
                        new Origin(rows.getString("sender"), rows.getString("modality")),
                        gaps(rows).orElse(LongestGaps.NONE));
            }
            return all;
        }
    }

    /**
     * Adds to what is there. One transaction an origin, in their order, so that two services never wait for each other; each is taken out
     * of the map when it is committed.
     */
    void add(SortedMap<Origin, SeenGaps> seen) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                while (!seen.isEmpty()) {
                    Origin origin = seen.firstKey();
                    put(connection, origin, known(connection, origin).plus(seen.get(origin)));
                    connection.commit();
                    seen.remove(origin);
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static LongestGaps known(Connection connection, Origin origin) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LOCK)) {
            query.setString(1, origin.sender());
            query.setString(2, origin.modality());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? gaps(rows).orElse(LongestGaps.NONE) : LongestGaps.NONE;
            }
        }
    }

    private static void put(Connection connection, Origin origin, LongestGaps gaps) throws SQLException {
        Object[] weights = Arrays.stream(gaps.weights()).boxed().toArray();
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setString(1, origin.sender());
            put.setString(2, origin.modality());
            put.setLong(3, gaps.studies());
            put.setLong(4, gaps.gaps());
            put.setArray(5, connection.createArrayOf("float8", weights));
            put.executeUpdate();
        }
    }

    /** Empty for a row of another number of buckets: it is learned anew. */
    private static Optional<LongestGaps> gaps(ResultSet row) throws SQLException {
        Array array = row.getArray("weights");
        Object[] boxed = (Object[]) array.getArray();
        double[] weights = new double[boxed.length];
        for (int i = 0; i < boxed.length; i++) {
            weights[i] = boxed[i] instanceof Double weight ? weight : -1;
        }
        try {
            return Optional.of(LongestGaps.of(row.getLong("studies"), row.getLong("gaps"), weights));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
