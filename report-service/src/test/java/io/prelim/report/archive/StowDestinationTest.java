package io.prelim.report.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.report.delivery.Answer;
import io.prelim.report.delivery.Destination;
import io.prelim.report.delivery.Destination.Unreachable;
import io.prelim.report.settings.ReportSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STOW-RS as a scripted origin server sees it, and what its answers come to. */
class StowDestinationTest {
    private static final Document DOCUMENT = Document.of(DicomFile.of(
            new DataSet()
                    .putString(Tag.SOP_CLASS_UID, Uid.ENHANCED_SR_STORAGE)
                    .putString(Tag.SOP_INSTANCE_UID, "2.25.7"),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));

    @TempDir
    Path folder;

    private HttpServer server;
    private volatile int status;
    private volatile String answer = "";
    private volatile String retryAfter;
    private volatile byte[] body;
    private volatile String contentType;
    private volatile String authorization;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/studies", exchange -> {
            body = exchange.getRequestBody().readAllBytes();
            contentType = exchange.getRequestHeaders().getFirst("Content-Type");
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anInstanceIsOnePartOfTheRequest() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret-of-test\n");

        assertThat(store(200, "", Map.of("token-file", token.toString()))).isEqualTo(new Answer.Stored(null));

        assertThat(authorization).isEqualTo("Bearer secret-of-test");
        assertThat(contentType).startsWith("multipart/related; type=\"application/dicom\"; boundary=");
        String boundary = contentType.substring(contentType.indexOf("boundary=") + "boundary=".length());
        byte[] head =
                ("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(body).startsWith(head).endsWith(tail);
        DicomFile file = DicomFile.read(
                new ByteArrayInputStream(body, head.length, body.length - head.length - tail.length),
                ReadLimits.DEFAULT.strict());
        assertThat(file.dataSet().string(Tag.SOP_INSTANCE_UID)).isEqualTo("2.25.7");
        assertThat(file.transferSyntax()).isEqualTo(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    @Test
    void whatFailedIsToldByItsReason() throws IOException {
        assertThat(store(202, "{}", Map.of())).isEqualTo(new Answer.Stored(null));
        assertThat(store(202, failed(0xA700), Map.of())).isEqualTo(new Answer.Later("status A700"));
        assertThat(store(409, failed(0x0122), Map.of())).isEqualTo(new Answer.Refused("status 0122"));
        assertThat(store(409, failed(0xC122), Map.of())).isEqualTo(new Answer.Refused("status C122"));
        assertThat(store(409, "[" + failed(0xA700) + "]", Map.of())).isEqualTo(new Answer.Later("status A700"));
        assertThat(store(409, failed(0x0111), Map.of())).as("it has it").isEqualTo(new Answer.Stored(null));
        assertThat(store(409, "<html>no</html>", Map.of())).isEqualTo(new Answer.Refused("HTTP 409"));
        for (int refused : List.of(400, 413, 415)) {
            assertThat(store(refused, "", Map.of())).isEqualTo(new Answer.Refused("HTTP " + refused));
        }
    }

    @Test
    void anArchiveThatIsBusyOrSetUpOtherwiseIsWaitedFor() {
        for (int waits : List.of(302, 401, 403, 404, 429, 500, 502, 503)) {
            assertThatThrownBy(() -> store(waits, "", Map.of()))
                    .isInstanceOf(Unreachable.class)
                    .hasMessage("HTTP " + waits);
        }
        retryAfter = "120";
        assertThatThrownBy(() -> store(503, "", Map.of()))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        told -> assertThat(told.atLeast(Duration.ofSeconds(5))).hasSeconds(120));
    }

    @Test
    void aTokenGoesToNobodyInTheClear() {
        for (String url : List.of("http://192.0.2.1/studies", "ftp://127.0.0.1/studies", "/studies")) {
            assertThatThrownBy(() -> destination(Map.of("url", url))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Answer store(int status, String answer, Map<String, String> settings) throws IOException {
        this.status = status;
        this.answer = answer;
        Map<String, String> all = new HashMap<>(settings);
        all.put("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/studies");
        try (Destination.Session<Document> session = destination(all).open()) {
            return session.send(DOCUMENT);
        }
    }

    private static StowDestination destination(Map<String, String> settings) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("prelim.report.archive.web." + name, value));
        return new StowDestination(
                new SmallRyeConfigBuilder()
                        .withMapping(ReportSettings.class)
                        .withDefaultValues(named)
                        .build()
                        .getConfigMapping(ReportSettings.class)
                        .archive()
                        .get("web"),
                null);
    }

    private static String failed(int reason) {
        return "{\"00081198\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"2.25.7\"]},"
                + "\"00081197\":{\"vr\":\"US\",\"Value\":[" + reason + "]}}]}}";
    }
}
