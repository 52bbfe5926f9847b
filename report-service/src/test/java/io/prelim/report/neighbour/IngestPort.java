package io.prelim.report.neighbour;

import io.prelim.testkit.port.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Where the tests' image and model services are going to answer. */
public final class IngestPort implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        String url = "http://127.0.0.1:" + FreePort.next();
        return Map.of(
                "prelim.report.images.url",
                url + "/dicom-web",
                "prelim.report.images.token",
                "reader",
                "prelim.report.models.url",
                url);
    }

    @Override
    public void stop() {
        // it was no more than a number
    }
}
