package io.prelim.report.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.prelim.dicom.net.transport.PemFiles;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the client goes, with a name service of the test's own: names end in .test, which nobody else has (RFC 6761). */
class EgressTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger lookups = new AtomicInteger();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    @BadInput(id = "M22", entrance = Entrance.HTTP, answer = "the address that was checked is the one connected to")
    void itGoesToTheAddressThatWasCheckedThoughTheNameHasAnotherByThen() throws IOException {
        int port = serve(HttpServer.create(loopback(), 0), 200, Map.of());
        Egress egress = egress(
                port,
                host -> List.of(
                        InetAddress.getByName(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254")));
        HttpUrl url = egress.url("http://hooks.test:" + port + "/in");
        OkHttpClient client = egress.client(url, null, PATIENCE, PATIENCE);

        assertThat(status(client, url)).isEqualTo(200);
        Egress.close(client);
        assertThat(status(client, url)).as("on another connection").isEqualTo(200);

        assertThat(lookups).hasValue(1);
        assertThat(asked).containsExactly("hooks.test:" + port + "/in", "hooks.test:" + port + "/in");
        assertThatThrownBy(() -> egress.client(url, null, PATIENCE, PATIENCE)).isInstanceOf(EgressRefused.class);
    }

    @Test
    @BadInput(id = "M22", entrance = Entrance.HTTP, answer = "422, nothing is sent")
    void aNameThatLeadsToThisMachineIsNotLedTo() {
        Egress egress = new Egress(
                new EgressRules(List.of("localhost", "metadata.test"), List.of()),
                host -> host.equals("localhost")
                        ? List.of(InetAddress.getAllByName(host))
                        : List.of(InetAddress.getByName("169.254.169.254")));

        for (String host : List.of("localhost", "metadata.test")) {
            assertThatThrownBy(() -> egress.check("https://" + host + "/")).isInstanceOf(EgressRefused.class);
        }
        Egress nameless = new Egress(new EgressRules(List.of("nobody.test"), List.of()), host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> nameless.check("https://nobody.test/")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    @BadInput(id = "M22", entrance = Entrance.HTTP, answer = "no redirect is followed")
    void aRedirectIsAnAnswer() throws IOException {
        int inside = serve(HttpServer.create(loopback(), 0), 200, Map.of());
        int port = serve(
                HttpServer.create(loopback(), 0), 307, Map.of("Location", "http://127.0.0.1:" + inside + "/secret"));
        Egress egress = egress(port, host -> List.of(InetAddress.getLoopbackAddress()));
        HttpUrl url = egress.url("http://hooks.test:" + port + "/");

        assertThat(status(egress.client(url, null, PATIENCE, PATIENCE), url)).isEqualTo(307);

        assertThat(asked).containsExactly("hooks.test:" + port + "/");
    }

    @Test
    void theCertificateMustNameTheHostWhateverItsAddress() throws Exception {
        TestCertificate ours = TestCertificate.make(folder, "ours", "EC");
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(new PemFiles(ours.certificate(), ours.key(), null).context()));
        int port = serve(server, 204, Map.of());
        Egress egress = egress(port, host -> List.of(InetAddress.getLoopbackAddress()));
        PemFiles trusted = new PemFiles(null, null, ours.certificate());

        assertThat(status(egress, "https://localhost:" + port + "/", trusted)).isEqualTo(204);

        assertThatThrownBy(() -> status(egress, "https://hooks.test:" + port + "/", trusted))
                .as("it names localhost")
                .isInstanceOf(SSLPeerUnverifiedException.class);
        assertThatThrownBy(() -> status(egress, "https://localhost:" + port + "/", null))
                .as("nobody the platform trusts")
                .isInstanceOf(SSLHandshakeException.class);
        assertThat(asked).containsExactly("localhost:" + port + "/");
    }

    private static int status(Egress egress, String text, PemFiles trusted) throws IOException {
        HttpUrl url = egress.url(text);
        return status(egress.client(url, trusted, PATIENCE, PATIENCE), url);
    }

    private static int status(OkHttpClient client, HttpUrl url) throws IOException {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.code();
        }
    }

    private static Egress egress(int port, Egress.Lookup lookup) {
        return new Egress(
                new EgressRules(List.of("hooks.test:" + port, "localhost:" + port), List.of("127.0.0.0/8")), lookup);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private int serve(HttpServer server, int status, Map<String, String> headers) {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }
}
