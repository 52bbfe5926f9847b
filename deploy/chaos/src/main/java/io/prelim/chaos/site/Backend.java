package io.prelim.chaos.site;

import io.prelim.testkit.host.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Broker or database: a process, with all it started, that is killed and comes back on its port. */
final class Backend {
    private final Path folder;
    private final int kafkaPort;
    private final int postgresPort;
    private final Map<String, String> environment;
    private final Path postmaster;
    private HostProcess host;
    private Optional<ProcessHandle> server = Optional.empty();
    private boolean closed;

    private Backend(Path folder, int kafkaPort, int postgresPort, Map<String, String> environment) {
        this.folder = folder;
        this.kafkaPort = kafkaPort;
        this.postgresPort = postgresPort;
        this.environment = environment;
        this.postmaster = folder.resolve("postgresql/data/postmaster.pid");
    }

    static Backend broker(Path folder, int port) {
        return new Backend(folder, port, HostProcess.NONE, Map.of());
    }

    /** @param environment of its process, on top of ours */
    static Backend database(Path folder, int port, Map<String, String> environment) {
        return new Backend(folder, HostProcess.NONE, port, environment);
    }

    synchronized void start() throws IOException {
        if (closed) {
            throw new IOException("the run was stopped");
        }
        // of a server that is gone; one that a power cut left empty would keep the next from starting
        Files.deleteIfExists(postmaster);
        host = HostProcess.start(
                folder, kafkaPort, postgresPort, true, ProcessHandle.current().pid(), environment);
        server = server();
    }

    synchronized boolean alive() {
        return host != null && host.process().isAlive();
    }

    /** SIGKILL to all its processes. */
    synchronized void kill() throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(
                        Stream.concat(
                                Stream.of(host.process().toHandle()),
                                host.process().descendants()),
                        server.stream().flatMap(one -> Stream.concat(Stream.of(one), one.descendants())))
                .distinct()
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            while (one.isAlive()) {
                Thread.sleep(5);
            }
        }
    }

    /** PostgreSQL's own process, which need not be a child of its starter. */
    private Optional<ProcessHandle> server() {
        try (Stream<String> lines = Files.lines(postmaster)) {
            return lines.findFirst().flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())));
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty(); // a broker
        }
    }

    synchronized void close() {
        closed = true;
        if (host != null) {
            host.close();
        }
    }
}
