package io.prelim.report.delivery;

import io.prelim.testkit.port.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where destinations of a test listen: a receiver of HL7, a webhook, and one of each that takes a connection and never a word. */
public class DestinationAddresses implements QuarkusTestResourceLifecycleManager {
    static final int RIS = FreePort.next();
    static final int NEWEST = FreePort.next();
    static final int HOOK = FreePort.next();
    static final int MUTE = FreePort.next();
    static final int FREE = FreePort.next();
    /** Bytes 0 to 31. */
    static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private Path secret;

    @Override
    public Map<String, String> start() {
        try {
            secret = Files.writeString(Files.createTempFile("webhook", ".secret"), SECRET + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>();
        mllp(settings, "ris", RIS);
        settings.put("prelim.report.mllp.ris.receiving-application", "RIS");
        mllp(settings, "newest", NEWEST);
        settings.put("prelim.report.mllp.newest.newest-only", "true");
        mllp(settings, "mute", MUTE);
        settings.put("prelim.report.mllp.mute.answer-timeout", "PT20S");
        webhook(settings, "hook", HOOK);
        webhook(settings, "deaf", MUTE);
        settings.put("prelim.report.webhook.deaf.answer-timeout", "PT20S");
        settings.put("prelim.report.egress.hosts", "127.0.0.1:" + HOOK + ",127.0.0.1:" + MUTE + ",127.0.0.1:" + FREE);
        settings.put("prelim.report.egress.addresses", "127.0.0.1/32");
        return settings;
    }

    private static void mllp(Map<String, String> settings, String name, int port) {
        String prefix = "prelim.report.mllp." + name + ".";
        settings.put(prefix + "host", "127.0.0.1");
        settings.put(prefix + "port", Integer.toString(port));
        settings.put(prefix + "most-refusals", "2");
        pauses(settings, prefix);
    }

    private void webhook(Map<String, String> settings, String name, int port) {
        String prefix = "prelim.report.webhook." + name + ".";
        settings.put(prefix + "url", "http://127.0.0.1:" + port + "/in");
        settings.put(prefix + "secret-file", secret.toString());
        pauses(settings, prefix);
    }

    private static void pauses(Map<String, String> settings, String prefix) {
        settings.put(prefix + "answer-timeout", "PT2S");
        settings.put(prefix + "shortest-pause", "PT0.05S");
        settings.put(prefix + "longest-pause", "PT0.2S");
    }

    @Override
    public void stop() {
        try {
            Files.deleteIfExists(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
