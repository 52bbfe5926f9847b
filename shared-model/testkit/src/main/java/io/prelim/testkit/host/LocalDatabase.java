package io.prelim.testkit.host;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One PostgreSQL on loopback, started without installation. Its data survive a restart on the same folder. */
public final class LocalDatabase implements AutoCloseable {
    /** The administrator; services get a role and a database each. */
    public static final String ADMINISTRATOR = "postgres";

    private final EmbeddedPostgres postgres;

    private LocalDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * @param directory holds the programs and the data
     * @param port      1 to 65535
     * @param durable   true: synchronous commit as in production; false: for tests that never lose power
     */
    public static LocalDatabase start(Path directory, int port, boolean durable) throws IOException {
        Files.createDirectories(directory);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("data"))
                .setOverrideWorkingDirectory(directory.resolve("programs").toFile())
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "64MB")
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("postgresql.log").toFile()))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("postgresql.log").toFile()));
        // said in both cases: by itself the library starts a server that syncs nothing
        String synced = durable ? "on" : "off";
        builder.setServerConfig("fsync", synced)
                .setServerConfig("full_page_writes", synced)
                .setServerConfig("synchronous_commit", synced);
        return new LocalDatabase(builder.start());
    }

    /** The port it listens on. */
    public int port() {
        return postgres.getPort();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
