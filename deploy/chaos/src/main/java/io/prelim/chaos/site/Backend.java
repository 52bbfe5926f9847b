package io.prelim.chaos.site;

import io.prelim.testkit.host.HostProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Broker or database: a process, with all it started, that is killed and comes back on its port. */
final class Backend {
    private final Path folder;
    private final int kafkaPort;
    private final int postgresPort;
    private final Map<String, String> environment;
    private HostProcess host;
    private boolean closed;

    private Backend(Path folder, int kafkaPort, int postgresPort, Map<String, String> environment) {
        this.folder = folder;
        this.kafkaPort = kafkaPort;
        this.postgresPort = postgresPort;
        this.environment = environment;
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
        host = HostProcess.start(
                folder, kafkaPort, postgresPort, true, ProcessHandle.current().pid(), environment);
    }

    synchronized boolean alive() {
        return host != null && host.process().isAlive();
    }

    /** SIGKILL to all its processes. */
    synchronized void kill() throws InterruptedException {
        host.kill();
    }

    synchronized void close() {
        closed = true;
        if (host != null) {
            host.close();
        }
    }
}
