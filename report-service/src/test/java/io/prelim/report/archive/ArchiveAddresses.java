package io.prelim.report.archive;

import io.prelim.testkit.port.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Where two archives of a test listen: one that takes all that is sent, and one of DCMTK. */
public class ArchiveAddresses implements QuarkusTestResourceLifecycleManager {
    static final int SCRIPTED = FreePort.next();
    static final int DCMTK = FreePort.next();

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        Map.of("scripted", SCRIPTED, "dcmtk", DCMTK).forEach((name, port) -> {
            String prefix = "prelim.report.archive." + name + ".";
            settings.put(prefix + "host", "127.0.0.1");
            settings.put(prefix + "port", Integer.toString(port));
            settings.put(prefix + "called-ae", "ARCHIVE");
            settings.put(prefix + "answer-timeout", "PT5S");
            settings.put(prefix + "shortest-pause", "PT0.05S");
            settings.put(prefix + "longest-pause", "PT0.2S");
        });
        return settings;
    }

    @Override
    public void stop() {}
}
