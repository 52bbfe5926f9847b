package io.prelim.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.testkit.port.FreePort;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseIT {
    @TempDir
    Path folder;

    /** A power cut of the chaos rig found that it did not: the library starts its server with both off. */
    @Test
    void durableDatabaseSyncsEachCommit() throws Exception {
        try (LocalDatabase database = LocalDatabase.start(folder, FreePort.next(), true)) {
            assertThat(setting(database, "fsync")).isEqualTo("on");
            assertThat(setting(database, "full_page_writes")).isEqualTo("on");
            assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
        }
    }

    private static String setting(LocalDatabase database, String name) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + database.port() + "/postgres";
        try (Connection connection = DriverManager.getConnection(url, LocalDatabase.ADMINISTRATOR, "postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
