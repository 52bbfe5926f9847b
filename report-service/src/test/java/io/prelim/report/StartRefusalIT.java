package io.prelim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.host.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartRefusalIT {
    @Test
    void hostReachableFromOtherMachinesIsRefused(@TempDir Path directory) throws Exception {
        Database database = BuildHost.get().createDatabase("refusal");
        Path log = directory.resolve("service.log");
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dquarkus.http.host=0.0.0.0",
                        "-Dquarkus.http.port=0",
                        "-Dkafka.bootstrap.servers=" + BuildHost.get().bootstrapServers(),
                        "-Dprelim.topics.prefix=refusal.",
                        "-Dquarkus.datasource.jdbc.url=" + database.jdbcUrl(),
                        "-Dquarkus.datasource.username=" + database.username(),
                        "-Dquarkus.datasource.password=" + database.password(),
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String output = Files.readString(log);
            assertThat(service.exitValue()).isEqualTo(78);
            List<String> refused = output.lines()
                    .filter(line -> line.contains("PRELIM-REPORT-1002"))
                    .toList();
            assertThat(refused).as(output).hasSize(1).allMatch(line -> line.startsWith("{"));
            assertThat(output).doesNotContain("Listening on", "\tat ");
        } finally {
            service.destroyForcibly();
        }
    }
}
