package io.prelim.chaos.plant;

import static org.assertj.core.api.Assertions.assertThatNoException;

import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.host.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A planted bug that no longer fits the services' tables would plant nothing. */
class PlantIT {
    private static final Path ROOT =
            Path.of(System.getProperty("prelim.root", "../..")).toAbsolutePath().normalize();

    @ParameterizedTest
    @EnumSource(Plant.class)
    void plantFitsTheTablesOfToday(Plant plant) throws Exception {
        Database ingest = migrated("ingest");
        Database report = migrated("report");

        assertThatNoException().isThrownBy(() -> plant.sow(ingest, report));
    }

    private static Database migrated(String service) throws IOException, SQLException {
        Database database = BuildHost.get().createDatabase(service);
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            for (Path migration : migrations(service)) {
                statement.execute(Files.readString(migration));
            }
        }
        return database;
    }

    private static List<Path> migrations(String service) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(service + "-service/src/main/resources/db/migration"))) {
            return files.sorted(Comparator.comparing(PlantIT::version, Arrays::compare))
                    .toList();
        }
    }

    /** Of {@code V12__name.sql} or {@code V12_3__name.sql}. */
    private static int[] version(Path file) {
        String name = file.getFileName().toString();
        return Stream.of(name.substring(1, name.indexOf("__")).split("_"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
