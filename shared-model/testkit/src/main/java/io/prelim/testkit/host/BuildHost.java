package io.prelim.testkit.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;

/**
 * One broker and one database for a whole build: the first test that asks starts them, later ones (in other test processes too)
 * find them in a file, and they end with the Maven process.
 */
public final class BuildHost {
    private static BuildHost current;

    private final int kafkaPort;
    private final int postgresPort;

    private BuildHost(int kafkaPort, int postgresPort) {
        this.kafkaPort = kafkaPort;
        this.postgresPort = postgresPort;
    }

    /** The build's host, started if need be. */
    public static synchronized BuildHost get() {
        if (current == null) {
            try {
                current = findOrStart();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return current;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    /** An empty database of its own for one test, named after {@code prefix}. */
    public Database createDatabase(String prefix) {
        String id = UUID.randomUUID().toString().replace("-", "");
        try {
            return Database.create(postgresPort, prefix + "_" + id.substring(0, 12), id);
        } catch (SQLException e) {
            throw new IllegalStateException("no database could be created for a test: " + e.getMessage(), e);
        }
    }

    private static BuildHost findOrStart() throws IOException {
        ProcessHandle owner = owner();
        Path directory = Path.of(
                System.getProperty("prelim.root", System.getProperty("java.io.tmpdir")),
                "target",
                "testkit",
                "host-" + owner.pid());
        Files.createDirectories(directory);
        Path file = directory.resolve("ports.properties");
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Properties ports = read(file);
            if (!alive(ports.getProperty("pid"))) {
                // a folder left by an earlier process of the same id must not be taken up again
                Path data = Files.createTempDirectory(directory, "data-");
                HostProcess host = HostProcess.start(data, 0, 0, false, owner.pid());
                ports.setProperty("pid", Long.toString(host.process().pid()));
                ports.setProperty("kafka", Integer.toString(host.kafkaPort()));
                ports.setProperty("postgres", Integer.toString(host.postgresPort()));
                try (var out = Files.newOutputStream(file)) {
                    ports.store(out, null);
                }
            }
            return new BuildHost(
                    Integer.parseInt(ports.getProperty("kafka")), Integer.parseInt(ports.getProperty("postgres")));
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties ports = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newInputStream(file)) {
                ports.load(in);
            }
        }
        return ports;
    }

    private static boolean alive(String pid) {
        return pid != null
                && ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    /** The Maven process above this test process; without one, this process. A shell may stand between. */
    private static ProcessHandle owner() {
        ProcessHandle self = ProcessHandle.current();
        for (var above = self.parent(); above.isPresent(); above = above.get().parent()) {
            String program = above.get().info().command().orElse("");
            if (program.endsWith("java")) {
                return above.get();
            }
        }
        return self;
    }
}
