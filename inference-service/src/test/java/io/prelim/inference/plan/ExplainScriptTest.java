package io.prelim.inference.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code deploy/models/explain} against ingest's answers as its README and {@code TimelineText} describe them. */
class ExplainScriptTest {
    private static final String KEY = "0b5cb1a6-2c3c-5e0c-9a60-0d6f3a1f9a11";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer ingest;

    @BeforeEach
    void open() throws IOException {
        ingest = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ingest.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = answers.getOrDefault(exchange.getRequestURI().toString(), "")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        ingest.start();
        answers.put(
                "/api/studies?studyInstanceUid=1.2.3",
                "{\"studies\":[{\"studyKey\":\"" + KEY + "\",\"stage\":\"PLANNED\"}]}");
        answers.put("/api/studies?studyInstanceUid=1.2.4", "{\"studies\":[]}");
    }

    @AfterEach
    void close() {
        ingest.stop(0);
    }

    @Test
    void saysWhatTheLastPlanDecided() throws Exception {
        answers.put("/api/studies/" + KEY + "/timeline", """
                study 1.2.3
                stage DRAFTED, revision 2, instances 2, ROUTINE
                waits for nothing
                model chest-1-0-0 active: FINDINGS at 2026-11-27T10:00:02Z

                2026-11-27 UTC
                10:00:00.000               r1   ASSEMBLED      instances 1
                10:00:00.100     +0.100 s  r1   PLANNED        chest-1-0-0 must answer
                10:00:01.000               r2   PLANNED        chest-1-0-0 must answer; hand-2-0-0 does not apply: body part CHEST is not HAND
                10:00:02.000     +1.000 s  r2   OUTCOME        chest-1-0-0 PLANNED nothing; more
                """);
        String expected = """
                chest-1-0-0 must answer
                hand-2-0-0 does not apply: body part CHEST is not HAND
                model chest-1-0-0 active: FINDINGS at 2026-11-27T10:00:02Z
                """;

        assertThat(explain("1.2.3", 0)).isEqualTo(expected);
        assertThat(explain(KEY, 0)).isEqualTo(expected);
    }

    @Test
    void saysWhatAStudyThatIsNotPlannedWaitsFor() throws Exception {
        answers.put("/api/studies/" + KEY + "/timeline", """
                stage RECEIVING, revision 0, instances 1, ROUTINE
                waits for QUIET_PERIOD since 2026-11-27T10:00:00Z (1.000 s): it is assembled
                """);

        assertThat(explain("1.2.3", 1))
                .startsWith("not planned yet:\nstage RECEIVING")
                .contains("QUIET_PERIOD");
    }

    @Test
    void asksForNothingThatIsNoStudy() throws Exception {
        assertThat(explain("1.2.4", 66)).isEqualTo("ingest knows no study 1.2.4\n");
        assertThat(explain("../x?y", 64)).contains("is neither");
    }

    private String explain(String study, int exit) throws IOException, InterruptedException {
        Process curl = new ProcessBuilder("sh", "-c", "command -v curl").start();
        Assumptions.assumeTrue(curl.waitFor() == 0, "skipped: no curl");
        ProcessBuilder script = new ProcessBuilder(
                Path.of("..", "deploy", "models", "explain").toAbsolutePath().toString(), study);
        script.environment()
                .put("PRELIM_INGEST", "http://127.0.0.1:" + ingest.getAddress().getPort());
        script.environment().put("no_proxy", "127.0.0.1");
        Process process = script.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(exit);
        return output;
    }
}
