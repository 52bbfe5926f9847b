package io.prelim.report.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.net.transport.PemFiles;
import io.prelim.mllp.MalformedFrame;
import io.prelim.mllp.MllpBlock;
import io.prelim.report.delivery.Answer;
import io.prelim.report.delivery.Destination;
import io.prelim.report.delivery.Destination.Unreachable;
import io.prelim.report.settings.ReportSettings;
import io.prelim.testkit.tls.TestCertificate;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A receiver that answers, does not, and answers what was not asked. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MllpDestinationTest {
    private static final Result RESULT =
            new Result("ID1", "MSH|^~\\&|PRELIM|||||||ID1\r".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private Receiver receiver;

    @AfterEach
    void close() throws IOException {
        if (receiver != null) {
            receiver.close();
        }
    }

    @Test
    void aMessageAfterTheOtherOnOneConnection() throws IOException {
        listen(message -> Receiver.ack("AA", Receiver.controlId(message)));

        try (Destination.Session<Result> session = destination(Map.of()).open()) {
            assertThat(session.send(RESULT)).isEqualTo(new Answer.Stored(null));
            assertThat(session.send(RESULT)).isEqualTo(new Answer.Stored(null));
        }

        assertThat(receiver.received()).containsExactly("MSH|^~\\&|PRELIM|||||||ID1\r", "MSH|^~\\&|PRELIM|||||||ID1\r");
    }

    @ParameterizedTest
    @CsvSource({
        "the answer is to another message (MSA-2), MSH|^~\\&|R;MSA|AA|ID2",
        "the answer is to another message (MSA-2), MSH|^~\\&|R;MSA|AA",
        "the answer is no acknowledgement, hello",
        "the answer has no code of HL7 (MSA-1), MSH|^~\\&|R;MSA|OK|ID1"
    })
    void whatIsNoAnswerToItTellsNothing(String problem, String answer) throws IOException {
        listen(message -> MllpBlock.of(answer.replace(';', '\r').getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(this::send).isInstanceOf(Unreachable.class).hasMessage(problem);
    }

    @Test
    void aConnectionThatIsClosedTellsNothing() throws IOException {
        listen(message -> null);

        assertThatThrownBy(this::send).isInstanceOf(Unreachable.class).hasMessage("closed without an answer");
    }

    @Test
    void anEndlessAnswerEndsAtTheLongest() throws IOException {
        listen(message -> ("\u000b" + "A".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(this::send).isInstanceOf(MalformedFrame.class).hasMessageContaining("TOO_LONG");
    }

    @Test
    void noAnswerInTimeEndsTheConnection() throws IOException {
        listen(message -> new byte[0]);

        assertThatThrownBy(this::send).isInstanceOf(Unreachable.class).hasMessage("no answer within PT0.5S");
    }

    @Test
    void anAnswerThatTricklesIsNone() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getOutputStream().write(MllpBlock.START);
                    while (true) {
                        socket.getOutputStream().write('A');
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                } catch (IOException | InterruptedException e) {
                    // the connection was ended
                }
            });
            try (Destination.Session<Result> session = destination(
                            Map.of("port", Integer.toString(listener.getLocalPort())))
                    .open()) {
                assertThatThrownBy(() -> session.send(RESULT))
                        .isInstanceOf(Unreachable.class)
                        .hasMessage("no answer within PT0.5S");
            }
            ended.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aReceiverThatTakesNothingEndsTheWrite() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            deaf.setReceiveBufferSize(1024);
            Result big = new Result("ID1", new byte[64 << 20]);
            try (Destination.Session<Result> session = destination(
                            Map.of("port", Integer.toString(deaf.getLocalPort())))
                    .open()) {
                assertThatThrownBy(() -> session.send(big))
                        .isInstanceOf(Unreachable.class)
                        .hasMessage("no answer within PT0.5S");
            }
        }
    }

    @Test
    void overTlsTheReceiverIsWhoItShouldBe() throws Exception {
        TestCertificate theirs = TestCertificate.make(folder, "ris", "EC");
        TestCertificate another = TestCertificate.make(folder, "other", "EC");
        ServerSocket listener = new PemFiles(theirs.certificate(), theirs.key(), null)
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
        receiver = new Receiver(listener, message -> Receiver.ack("AA", Receiver.controlId(message)));

        try (Destination.Session<Result> session = destination(
                        Map.of("tls", "true", "trust", theirs.certificate().toString()))
                .open()) {
            assertThat(session.send(RESULT)).isEqualTo(new Answer.Stored(null));
        }

        assertThatThrownBy(() -> destination(Map.of(
                                "tls", "true", "trust", another.certificate().toString()))
                        .open())
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aPeerThatKeepsSilentInTheHandshakeIsLeft() throws Exception {
        TestCertificate theirs = TestCertificate.make(folder, "ris", "EC");
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> destination(Map.of(
                                    "port",
                                    Integer.toString(silent.getLocalPort()),
                                    "tls",
                                    "true",
                                    "trust",
                                    theirs.certificate().toString()))
                            .open())
                    .isInstanceOf(Unreachable.class)
                    .hasMessage("no TLS handshake within PT0.5S");
            try (Socket taken = silent.accept()) {
                assertThat(taken.getInputStream().readAllBytes()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "host, '', host must be set",
        "port, 0, 'port must be set, 1 to 65535'",
        "tls, true, tls needs trust",
        "trust, /t.pem, certificate and trust need tls=true",
        "key, /k.pem, certificate and key belong together",
        "batch, 0, batch must be 1 to 10000",
        "answer-timeout, PT0S, answer-timeout must be PT0.001S to PT1H",
        "longest-pause, PT0.01S, longest-pause is shorter than shortest-pause",
        "most-refusals, 0, most-refusals must be 1 or more",
        "receiving-facility, A|B, 'receiving-facility must be 1 to 180 characters of ASCII, with ^ as the only delimiter'"
    })
    void settingsThatCannotBeUsedAreNamed(String setting, String value, String problem) {
        assertThatThrownBy(() -> destination(Map.of(setting, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    private void listen(Function<String, byte[]> answers) throws IOException {
        receiver = new Receiver(0, answers);
    }

    private Answer send() throws IOException {
        try (Destination.Session<Result> session = destination(Map.of()).open()) {
            return session.send(RESULT);
        }
    }

    private MllpDestination destination(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "host",
                "localhost",
                "port",
                receiver == null ? "1" : Integer.toString(receiver.port()),
                "answer-timeout",
                "PT0.5S"));
        all.putAll(settings);
        Map<String, String> named = new HashMap<>();
        all.forEach((name, value) -> named.put("prelim.report.mllp.ris." + name, value));
        return new MllpDestination(
                new SmallRyeConfigBuilder()
                        .withMapping(ReportSettings.class)
                        .withDefaultValues(named)
                        .build()
                        .getConfigMapping(ReportSettings.class)
                        .mllp()
                        .get("ris"),
                null);
    }
}
