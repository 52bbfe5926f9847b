package io.prelim.chaos.check;

import io.prelim.chaos.send.Answer;
import io.prelim.chaos.send.Parcel;
import io.prelim.chaos.send.Script;
import io.prelim.chaos.send.Workload;
import io.prelim.local.stored.StoredObjects;
import io.prelim.store.Sha256;
import io.prelim.testkit.host.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what ingest and report have in their databases and segments. Ingest must not run while its objects are read. */
public final class EvidenceReader {
    /** The key of each record that nobody can read. */
    public static final String POISON_KEY = "poison";

    private static final String PARKED =
            "select count(*) from parked where record_key is distinct from '" + POISON_KEY + "'";

    private static final String OPEN_TRANSACTIONS = "select count(*) from pg_stat_activity where usename = current_user"
            + " and pid <> pg_backend_pid() and xact_start < clock_timestamp() - interval '30 seconds'";

    private final Database ingest;
    private final Database report;

    public EvidenceReader(Database ingest, Database report) {
        this.ingest = ingest;
        this.report = report;
    }

    /** @param studies begun, from number 0 */
    public static List<Evidence.Sent> sent(Workload workload, int studies, Map<Integer, Answer> answers) {
        List<Evidence.Sent> sent = new ArrayList<>();
        for (int number = 0; number < studies; number++) {
            Script script = workload.study(number);
            Stream.concat(script.first().stream(), script.late().stream())
                    .filter(parcel -> answers.containsKey(parcel.id()))
                    .forEach(parcel -> sent.add(sent(parcel, answers.get(parcel.id()))));
        }
        return sent;
    }

    private static Evidence.Sent sent(Parcel parcel, Answer answer) {
        return new Evidence.Sent(
                parcel.id(),
                parcel.kind(),
                parcel.studyInstanceUid(),
                parcel.sopInstanceUid(),
                digest(parcel.dataSet()),
                parcel.image(),
                answer);
    }

    private static String digest(byte[] bytes) {
        return Sha256.of(Sha256.digest().digest(bytes)).hex();
    }

    /** Every stored object, read back from the segments. */
    public List<Evidence.Kept> kept(Path segments) throws IOException {
        List<Evidence.Kept> kept = new ArrayList<>();
        try (StoredObjects objects = StoredObjects.open(ingest, segments)) {
            for (StoredObjects.Version version : objects.versions()) {
                kept.add(new Evidence.Kept(
                        version.studyInstanceUid(),
                        version.sopInstanceUid(),
                        version.headerVersion(),
                        readBack(objects, version)));
            }
        }
        return kept;
    }

    private static String readBack(StoredObjects objects, StoredObjects.Version version) {
        try {
            return digest(objects.bytes(version));
        } catch (IOException e) {
            return "cannot be read: " + e.getMessage();
        }
    }

    public List<Evidence.Study> studies() throws SQLException {
        return rows(
                ingest,
                "select s.study_instance_uid, s.revision, exists (select 1 from ledger l"
                        + " where l.study_key = s.study_key and l.stage = 'NOT_ANALYZED') from studies s",
                row -> new Evidence.Study(row.getString(1), row.getInt(2), row.getBoolean(3)));
    }

    public List<Evidence.Told> told() throws SQLException {
        return rows(
                ingest,
                "select s.study_instance_uid, l.revision from ledger l join studies s using (study_key)"
                        + " where l.stage = 'RECEIVED'",
                row -> new Evidence.Told(row.getString(1), row.getInt(2)));
    }

    /** A row has had its effect when it is settled, and that because a report was seen or a later revision came. */
    public List<Evidence.Outbox> outbox() throws SQLException {
        return rows(
                ingest,
                "select s.study_instance_uid, o.revision, o.topic, o.settled_at is not null"
                        + " and (o.report_seen_at is not null or exists (select 1 from outbox l"
                        + " where l.study_key = o.study_key and l.topic = o.topic and l.revision > o.revision)),"
                        + " o.refusal from outbox o join studies s using (study_key)",
                row -> new Evidence.Outbox(
                        row.getString(1), row.getInt(2), row.getString(3), row.getBoolean(4), row.getString(5)));
    }

    public List<Evidence.Report> reports() throws SQLException {
        return rows(
                report,
                "select s.study_instance_uid, r.report_key, r.version, r.revision, r.state = 'SETTLED'"
                        + " from reports r join report_studies s using (report_key)",
                row -> new Evidence.Report(
                        row.getString(1), row.getString(2), row.getInt(3), row.getInt(4), row.getBoolean(5)));
    }

    public List<Evidence.Version> versions() throws SQLException {
        return rows(
                report,
                "select report_key, version, sequence, revision, digest, settled from report_versions",
                row -> new Evidence.Version(
                        row.getString(1),
                        row.getInt(2),
                        row.getLong(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getBoolean(6)));
    }

    public List<Long> positions() throws SQLException {
        return rows(report, "select position from event_log order by position", row -> row.getLong(1));
    }

    /**
     * Where patients can be recognised, in files' names anywhere below a folder and in its logs; the broker's records, which are named
     * by a number, may name them.
     *
     * @return at most one place a file
     */
    public static List<String> canaries(Path folder) throws IOException {
        List<String> places = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (name.contains(Workload.CANARY)) {
                    places.add("name of " + folder.relativize(file));
                } else if (name.endsWith(".log") && attributes.isRegularFile() && !name.matches("\\d+\\.log")) {
                    inLog(file).ifPresent(line -> places.add(folder.relativize(file) + ": " + line));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // the database's, gone meanwhile
            }
        });
        return places;
    }

    private static Optional<String> inLog(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains(Workload.CANARY)).findFirst();
        }
    }

    /** What is still under way, or was put aside. */
    public Evidence.Leftovers leftovers() throws SQLException {
        return new Evidence.Leftovers(
                count(ingest, "select count(*) from studies where due_at is not null"),
                count(report, "select count(*) from outbox"),
                count(report, "select count(*) from reports where next_deadline is not null"),
                count(ingest, PARKED) + count(report, PARKED),
                count(ingest, OPEN_TRANSACTIONS) + count(report, OPEN_TRANSACTIONS));
    }

    /** Studies, events and changes still under way. */
    public long underWay() throws SQLException {
        return count(
                        ingest,
                        "select (select count(*) from outbox where settled_at is null)"
                                + " + (select count(*) from studies where due_at is not null)")
                + count(
                        report,
                        "select (select count(*) from outbox)"
                                + " + (select count(*) from reports where next_deadline is not null)");
    }

    private static long count(Database database, String query) throws SQLException {
        return rows(database, query, row -> row.getLong(1)).get(0);
    }

    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> rows(Database database, String query, Row<T> reading) throws SQLException {
        List<T> all = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                all.add(reading.read(rows));
            }
        }
        return all;
    }
}
