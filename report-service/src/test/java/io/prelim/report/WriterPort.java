package io.prelim.report;

import io.prelim.testkit.port.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Where the tests' writer is going to answer. */
public class WriterPort implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of(
                "prelim.report.writer.url", "http://127.0.0.1:" + FreePort.next() + "/v1",
                "prelim.report.writer.model", "writer-1",
                "prelim.report.writer.token", "token-of-the-writer",
                "prelim.report.writer.timeout", "PT2S",
                "prelim.report.longest-pause", "PT0.5S");
    }

    @Override
    public void stop() {
        // it was no more than a number
    }
}
