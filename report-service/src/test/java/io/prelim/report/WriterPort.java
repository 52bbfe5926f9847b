package io.prelim.report;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Where the tests' writer is going to answer. */
public class WriterPort implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Map.of(
                    "prelim.report.writer.url", "http://127.0.0.1:" + free.getLocalPort() + "/v1",
                    "prelim.report.writer.model", "writer-1",
                    "prelim.report.writer.token", "token-of-the-writer",
                    "prelim.report.writer.timeout", "PT2S",
                    "prelim.report.longest-pause", "PT0.5S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // it was no more than a number
    }
}
