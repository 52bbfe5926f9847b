package io.prelim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.host.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartRefusalIT {
    @Test
    void hostReachableFromOtherMachinesIsRefused(@TempDir Path directory) throws Exception {
        String output = refused(directory, "-Dquarkus.http.host=0.0.0.0");

        assertThat(output.lines().filter(line -> line.contains("PRELIM-REPORT-1002")))
                .as(output)
                .hasSize(1)
                .allMatch(line -> line.startsWith("{"));
    }

    @Test
    void aTemplateThatCannotBeUsedIsRefusedWithFileAndLine(@TempDir Path directory) throws Exception {
        Path templates = Files.createDirectory(directory.resolve("templates"));
        Files.writeString(templates.resolve("chest.yaml"), "schema: prelim.template/1\nname: No Name\n");

        String output = refused(directory, "-Dprelim.report.templates.folder=" + templates);

        assertThat(output.lines().filter(line -> line.contains("PRELIM-REPORT-1003")))
                .as(output)
                .hasSize(1)
                .allMatch(line -> line.contains("file=chest.yaml")
                        && line.contains("line=2")
                        && line.contains("name must be 1 to 64 lower-case letters"));
    }

    @Test
    void aReceiverThatCannotBeUsedIsRefusedWithItsSetting(@TempDir Path directory) throws Exception {
        String output =
                refused(directory, "-Dprelim.report.mllp.ris.host=localhost", "-Dprelim.report.mllp.ris.port=70000");

        assertThat(output.lines().filter(line -> line.contains("PRELIM-REPORT-9401")))
                .as(output)
                .hasSize(1)
                .allMatch(line -> line.contains("mllp=ris") && line.contains("port must be set, 1 to 65535"));
    }

    @Test
    @BadInput(id = "M22", entrance = Entrance.HTTP, answer = "configured: the start is refused")
    void aWebhookThatLeadsInsideIsRefused(@TempDir Path directory) throws Exception {
        Path secret =
                Files.writeString(directory.resolve("secret"), "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

        String output = refused(
                directory,
                "-Dprelim.report.egress.hosts=localhost",
                "-Dprelim.report.webhook.inside.url=https://localhost/",
                "-Dprelim.report.webhook.inside.secret-file=" + secret);

        assertThat(output.lines().filter(line -> line.contains("PRELIM-REPORT-9401")))
                .as(output)
                .hasSize(1)
                .allMatch(line -> line.contains("webhook=inside") && line.contains("url leads to an address"));
        assertThat(output).doesNotContain("AAECAwQF");
    }

    @Test
    void passwordsDoNotCrossTheNetworkInClear(@TempDir Path directory) throws Exception {
        String output = refused(
                directory,
                "-Dquarkus.http.host=0.0.0.0",
                "-Dprelim.access.mode=users",
                "-Dprelim.access.users.file=" + directory.resolve("users"));

        assertThat(output.lines().filter(line -> line.contains("PRELIM-REPORT-1002")))
                .as(output)
                .hasSize(1)
                .allMatch(line -> line.contains("prelim.access.tls-ends-before"));
    }

    @Test
    void usersThatCannotBeReadAreRefusedWithFileAndLine(@TempDir Path directory) throws Exception {
        Path users = Files.writeString(directory.resolve("users"), "# readers\nada:secret:radiologist:north\n");

        String output = refused(directory, "-Dprelim.access.mode=users", "-Dprelim.access.users.file=" + users);

        assertThat(output.lines().filter(line -> line.contains("PRELIM-REPORT-1011")))
                .as(output)
                .hasSize(1)
                .allMatch(line -> line.contains("file=users") && line.contains("line=2") && line.contains("bcrypt"));
        assertThat(output).doesNotContain("secret");
    }

    /** What it logged until it ended with the code of a bad configuration. */
    private static String refused(Path directory, String... settings) throws Exception {
        Database database = BuildHost.get().createDatabase("refusal");
        Path log = directory.resolve("service.log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        command.addAll(List.of(settings));
        command.addAll(List.of(
                "-Dquarkus.http.port=0",
                "-Dkafka.bootstrap.servers=" + BuildHost.get().bootstrapServers(),
                "-Dprelim.topics.prefix=refusal.",
                "-Dquarkus.datasource.jdbc.url=" + database.jdbcUrl(),
                "-Dquarkus.datasource.username=" + database.username(),
                "-Dquarkus.datasource.password=" + database.password(),
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        Process service = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String output = Files.readString(log);
            assertThat(service.exitValue()).as(output).isEqualTo(78);
            assertThat(output).doesNotContain("Listening on", "\tat ");
            return output;
        } finally {
            service.destroyForcibly();
        }
    }
}
