package io.prelim.testkit.host;

import io.prelim.testkit.port.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts {@link LocalHost} as a child process and waits until it answers.
 *
 * @param process the child
 * @param kafkaPort broker; {@link #NONE} without
 * @param postgresPort database; {@link #NONE} without
 * @param postgres its server, which is no child of the child's
 */
public record HostProcess(Process process, int kafkaPort, int postgresPort, Optional<ProcessHandle> postgres)
        implements AutoCloseable {
    /** Instead of a port: that one is not started. */
    public static final int NONE = -1;

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    /**
     * @param directory    data and logs
     * @param kafkaPort    0 picks a free one; {@link #NONE}: no broker
     * @param postgresPort 0 picks a free one; {@link #NONE}: no database
     * @param durable      whether a commit is synced
     * @param watch        process id whose end ends the child
     * @throws IOException if it does not answer within 90 s; says where its log is
     */
    public static HostProcess start(Path directory, int kafkaPort, int postgresPort, boolean durable, long watch)
            throws IOException {
        return start(directory, kafkaPort, postgresPort, durable, watch, Map.of());
    }

    /** The same, with more environment for the child and all it starts. */
    public static HostProcess start(
            Path directory,
            int kafkaPort,
            int postgresPort,
            boolean durable,
            long watch,
            Map<String, String> environment)
            throws IOException {
        Files.createDirectories(directory);
        int kafka = kafkaPort == 0 ? FreePort.next() : kafkaPort;
        int postgres = postgresPort == 0 ? FreePort.next() : postgresPort;
        Path postmaster = directory.resolve("postgresql/data/postmaster.pid");
        // of a server that is gone; one that a power cut left empty would keep the next from starting
        Files.deleteIfExists(postmaster);
        Path ready = directory.resolve("ready");
        Path log = directory.resolve("host.log");
        Files.deleteIfExists(ready);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-cp",
                classPath(),
                LocalHost.class.getName()));
        command.add("directory=" + directory.toAbsolutePath());
        command.add("ready=" + ready.toAbsolutePath());
        if (kafka != NONE) {
            command.add("kafka=" + kafka);
            command.add("controller=" + FreePort.next());
        }
        if (postgres != NONE) {
            command.add("postgres=" + postgres);
        }
        command.add("durable=" + durable);
        command.add("watch=" + watch);
        ProcessBuilder child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        child.environment().putAll(environment);
        Process process = child.start();
        awaitReady(process, ready, log);
        return new HostProcess(process, kafka, postgres, server(postmaster));
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    /** Every process of it that is alive. */
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), postgres.stream())
                .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
                .filter(ProcessHandle::isAlive)
                .distinct()
                .toList();
    }

    /** SIGKILL to all its processes; returns when they are gone. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            while (one.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private static Optional<ProcessHandle> server(Path postmaster) throws IOException {
        if (!Files.exists(postmaster)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(postmaster)) {
            return lines.findFirst().flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())));
        }
    }

    /** Asks it to stop and waits; a child that does not end within 30 s is killed. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** A test's class path may be a manifest-only jar, which a child reads as well as its parent. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static void awaitReady(Process process, Path ready, Path log) throws IOException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(ready)) {
            boolean over = System.nanoTime() > limit;
            if (over || !process.isAlive()) {
                process.destroy();
                throw new IOException("broker and database did not start"
                        + (over ? " within " + START_LIMIT.toSeconds() + " s" : "") + "; their log is " + log);
            }
            try {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while broker and database were starting", e);
            }
        }
        String answer = Files.readString(ready);
        if (!answer.equals("ready")) {
            throw new IOException("broker and database did not start: " + answer + "; their log is " + log);
        }
    }
}
