package io.prelim.ingest.hl7;

import io.prelim.ingest.config.TestConfig;
import java.util.HashMap;
import java.util.Map;

/** A peer as it is configured. */
final class TestPeer {
    private TestPeer() {}

    /** @param settings below {@code prelim.hl7.peers.engine.}, a name, a value, a name, a value… */
    static Hl7Peer with(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of("prelim.hl7.peers.engine.networks", "127.0.0.1"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put("prelim.hl7.peers.engine." + settings[i], settings[i + 1]);
        }
        return Hl7Peer.of(TestConfig.of(values)).get(0);
    }
}
