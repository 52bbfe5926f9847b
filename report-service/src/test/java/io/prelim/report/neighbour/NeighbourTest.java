package io.prelim.report.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.prelim.testkit.port.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another service as a real server that answers as it likes. */
class NeighbourTest {
    private static final int MOST = 1000;

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Neighbour neighbour;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        neighbour = to("http://127.0.0.1:" + server.getAddress().getPort() + "/dicom-web/");
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void asksBelowItsAddressWithTheTokenAndReadsTheAnswer() {
        server.createContext("/dicom-web/studies/1.2/metadata", exchange -> {
            byte[] said = (exchange.getRequestHeaders().getFirst("Authorization") + " "
                            + exchange.getRequestHeaders().getFirst("Accept"))
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });

        assertThat(neighbour.get("/studies/1.2/metadata", "application/dicom+json", MOST))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("Bearer secret application/dicom+json");
    }

    @ParameterizedTest
    @CsvSource({"404,404", "410,404", "503,503", "401,502", "500,502", "302,502", "406,502"})
    void whatIsNoAnswerIsSaidWithoutWhatWasAskedFor(int answered, int told) {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(answered, -1);
            exchange.close();
        });

        assertThatThrownBy(() -> neighbour.get("/studies/1.2.3", "image/png", MOST))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        problem -> assertThat(problem.status()).isEqualTo(told))
                .hasMessageStartingWith("The image service")
                .hasMessageNotContaining("1.2.3")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aBodyThatIsTooLongIsGivenUp() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                while (over.getCount() > 0) {
                    out.write(new byte[MOST]);
                }
            } catch (IOException e) {
                // the reader has gone, as it should
            }
        });

        assertThatThrownBy(() -> neighbour.get("/", "image/png", MOST))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        problem -> assertThat(problem.status()).isEqualTo(502));
    }

    @Test
    void aBodyThatTricklesEndsInTime() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            awaitEnd();
        });

        assertThatThrownBy(() -> neighbour.get("/", "image/png", MOST))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        problem -> assertThat(problem.status()).isEqualTo(504));
    }

    @Test
    void whoIsNotThereOrNotConfiguredIsSaid() {
        assertThatThrownBy(() -> to("http://127.0.0.1:" + FreePort.next()).get("/", "image/png", MOST))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        problem -> assertThat(problem.status()).isEqualTo(502));
        Neighbour none = new Neighbour("The image service", Optional.empty(), Optional.empty(), Duration.ofMillis(700));
        assertThatThrownBy(() -> none.get("/", "image/png", MOST))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        problem -> assertThat(problem.status()).isEqualTo(404))
                .hasMessage("The image service is not configured.");
    }

    @ParameterizedTest
    @CsvSource({
        "https://ingest.example/dicom-web,true",
        "http://127.0.0.1:8081/dicom-web,true",
        "http://[::1]:8081,true",
        "http://192.0.2.1/dicom-web,false",
        "https://user:secret@ingest.example,false",
        "https://ingest.example?a=b,false",
        "ftp://127.0.0.1,false",
        "dicom-web,false"
    })
    void leavesThisMachineEncryptedOrNotAtAll(String url, boolean usable) {
        assertThat(Neighbour.usable(URI.create(url))).isEqualTo(usable);
    }

    private static Neighbour to(String url) {
        return new Neighbour(
                "The image service", Optional.of(URI.create(url)), Optional.of("secret"), Duration.ofMillis(700));
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
