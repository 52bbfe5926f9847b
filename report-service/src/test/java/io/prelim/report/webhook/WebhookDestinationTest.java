package io.prelim.report.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.prelim.report.delivery.Answer;
import io.prelim.report.delivery.Destination;
import io.prelim.report.delivery.Destination.Unreachable;
import io.prelim.report.delivery.Limits;
import io.prelim.report.egress.Egress;
import io.prelim.report.egress.EgressRules;
import io.prelim.report.settings.WebhookSettings.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the answers of a webhook come to. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WebhookDestinationTest {
    private static final Notice NOTICE = new Notice("1", "{}".getBytes(StandardCharsets.UTF_8));
    private static final Secret SECRET = Secret.of(Secret.make());

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;
    private volatile int status;
    private volatile String retryAfter;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatIsTakenRefusedAndGone() throws IOException {
        for (int taken : List.of(200, 202, 204, 299)) {
            assertThat(send(taken)).isEqualTo(new Answer.Stored(null));
        }
        for (int refused : List.of(400, 401, 403, 404, 409, 413, 422, 451)) {
            assertThat(send(refused)).isEqualTo(new Answer.Refused("HTTP " + refused));
        }
        assertThat(send(410)).isEqualTo(new Answer.Gone("HTTP 410"));
    }

    @Test
    void whatPassesIsWaitedForAndSentNoSecondTimeOfItself() {
        for (String wait : new String[] {null, "0"}) {
            retryAfter = wait;
            for (int passes : List.of(408, 425, 429, 500, 502, 503, 504)) {
                calls.set(0);
                assertThatThrownBy(() -> send(passes))
                        .isInstanceOf(Unreachable.class)
                        .hasMessage("HTTP " + passes);
                assertThat(calls).hasValue(1);
            }
        }
        retryAfter = "120";
        assertThatThrownBy(() -> send(503))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        told -> assertThat(told.atLeast(Duration.ofSeconds(5))).hasSeconds(120));
        retryAfter = null;
        assertThatThrownBy(() -> send(302)).hasMessage("HTTP 302, which is not followed");
    }

    @Test
    void anAnswerThatTricklesIsNone() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        socket.getOutputStream().write('a');
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                } catch (IOException | InterruptedException e) {
                    // the connection was ended
                }
            });

            assertThatThrownBy(() -> sendTo(listener.getLocalPort())).isInstanceOf(IOException.class);

            ended.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whereItMustNotLeadIsAProblemOfTheDestination() {
        assertThatThrownBy(() -> destination("http://127.0.0.1:1/", "127.0.0.1:1", "10.0.0.0/8")
                        .open())
                .isInstanceOf(Unreachable.class)
                .hasMessageStartingWith("its URL leads to an address");
        assertThatThrownBy(() -> destination("http://127.0.0.1:1/", "127.0.0.1:2", "127.0.0.0/8")
                        .open())
                .isInstanceOf(Unreachable.class)
                .hasMessageStartingWith("its URL leads to a host");
    }

    private Answer send(int answer) throws IOException {
        status = answer;
        return sendTo(server.getAddress().getPort());
    }

    private static Answer sendTo(int port) throws IOException {
        try (Destination.Session<Notice> session = destination(
                        "http://127.0.0.1:" + port + "/in", "127.0.0.1:" + port, "127.0.0.0/8")
                .open()) {
            return session.send(NOTICE);
        }
    }

    private static WebhookDestination destination(String url, String host, String addresses) {
        Duration patience = Duration.ofSeconds(1);
        return new WebhookDestination(
                url,
                EnumSet.allOf(Event.class),
                new Limits(patience, patience, patience, patience, 1, false),
                new Egress(new EgressRules(List.of(host), List.of(addresses))),
                () -> List.of(SECRET),
                null);
    }
}
