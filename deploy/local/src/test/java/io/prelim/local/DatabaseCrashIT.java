package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.local.progress.Stage;
import io.prelim.local.stack.Backing;
import io.prelim.local.stack.Part;
import io.prelim.local.study.Sent;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.host.Database;
import io.prelim.testkit.host.HostProcess;
import io.prelim.testkit.study.StudyGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A database that loses its last commits, as a standby does that lagged: nothing that was answered is lost. */
class DatabaseCrashIT {
    private static final int IMAGES = 24;

    @Test
    void whatADyingDatabaseForgetsIsTakenInAgain() throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(LiveStack.ROOT.resolve("deploy/local/target/it")), "crash-");
        HostProcess host = host(folder, 0);
        Database database = Database.create(host.postgresPort(), "crash_ingest", "crash");
        LiveStack live = LiveStack.create(new Backing(
                BuildHost.get().bootstrapServers(),
                "crash" + UUID.randomUUID().toString().substring(0, 8) + ".",
                database,
                database));
        try {
            live.stack().settings().backing().createTopics();
            // what is committed stays in the server's memory until then, and dies with it
            configure(
                    host,
                    "alter database crash_ingest set synchronous_commit = off",
                    "alter system set wal_writer_delay = '10s'",
                    "select pg_reload_conf()");
            live.stack().start(Part.INGEST);
            configure(host, "checkpoint"); // its tables outlive what follows
            StudyGenerator study = new StudyGenerator(UUID.randomUUID().toString());

            Sent sent = live.send(study.computedTomography(IMAGES));
            host.kill();

            assertThat(sent.refused()).isEmpty();
            host = host(folder, host.postgresPort());
            Awaitility.await("the log to be read again")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(live.stack().log(Part.INGEST))
                            .lines()
                            .anyMatch(line -> line.matches(".*INGEST-1005 .* added=[1-9].*")));
            assertThat(Files.readString(live.stack().log(Part.INGEST))).contains("INGEST-1009");
            assertThat(count(database)).as("all that was answered as stored").isEqualTo(IMAGES);
            live.awaitStage(study.studyInstanceUid(), Stage.RECEIVED);
        } finally {
            live.stack().close();
            host.close();
        }
    }

    private static HostProcess host(Path folder, int postgresPort) throws Exception {
        return HostProcess.start(
                folder,
                HostProcess.NONE,
                postgresPort,
                true,
                ProcessHandle.current().pid());
    }

    private static void configure(HostProcess host, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + host.postgresPort() + "/postgres", "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static long count(Database database) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from instances")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
