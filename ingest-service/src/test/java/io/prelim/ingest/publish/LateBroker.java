package io.prelim.ingest.publish;

import io.prelim.testkit.host.HostProcess;
import io.prelim.testkit.port.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Beside {@code ServiceUnderTest}: nothing is at the broker's address until a test has it started. */
public final class LateBroker implements QuarkusTestResourceLifecycleManager {
    private static volatile int port;
    private static volatile HostProcess host;

    /** After the other resource, whose broker it hides. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        port = FreePort.next();
        return Map.of("kafka.bootstrap.servers", "127.0.0.1:" + port);
    }

    /** Starts it where the service expects it; it makes topics as they are asked for. */
    static void comes() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "late-broker-");
        host = HostProcess.start(
                directory, port, 0, false, ProcessHandle.current().pid());
    }

    @Override
    public void stop() {
        if (host != null) {
            host.close();
        }
    }
}
