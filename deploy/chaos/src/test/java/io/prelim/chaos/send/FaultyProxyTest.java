package io.prelim.chaos.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.prelim.chaos.seed.Seeds;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FaultyProxyTest {
    private static final int BYTES = 70_000;

    /** A seed whose first connection is one of those. */
    private static long seed(Predicate<Line> wanted) {
        for (long seed = 1; ; seed++) {
            if (wanted.test(Line.draw(Seeds.random(seed, 0)))) {
                return seed;
            }
        }
    }

    /** Sends through a proxy of that seed; what the service got. */
    private static byte[] received(long seed) throws Exception {
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FaultyProxy proxy = FaultyProxy.start(seed, service.getLocalPort());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            CompletableFuture<byte[]> got = CompletableFuture.supplyAsync(() -> {
                try (Socket accepted = service.accept()) {
                    accepted.setSoTimeout(1_500);
                    return accepted.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            OutputStream out = client.getOutputStream();
            out.write(new byte[BYTES]);
            client.shutdownOutput();
            return got.join();
        }
    }

    @Test
    void cleanAndSlicedConnectionsCarryEveryByte() throws Exception {
        assertThat(received(seed(Line.Clean.class::isInstance))).hasSize(BYTES);
        assertThat(received(seed(line -> line instanceof Line.Sliced sliced && sliced.pieceBytes() > 300)))
                .hasSize(BYTES);
    }

    /** As a reset nearly always; at times the service's side sees an end before its time. */
    @Test
    void resetConnectionDoesNotCarryEveryByte() {
        long seed = seed(Line.Reset.class::isInstance);

        Throwable thrown = catchThrowable(() -> assertThat(received(seed)).hasSizeLessThan(BYTES));
        if (thrown != null) {
            assertThat(thrown).rootCause().isInstanceOf(IOException.class);
        }
    }

    @Test
    void halfOpenConnectionFallsSilent() {
        long seed = seed(Line.HalfOpen.class::isInstance);

        assertThatThrownBy(() -> received(seed)).rootCause().isInstanceOf(SocketTimeoutException.class);
    }

    /** Nor does what comes later, however little it is. */
    @Test
    void halfOpenConnectionStaysSilent() throws Exception {
        long seed = seed(line -> line instanceof Line.HalfOpen half && half.afterBytes() > 5_000);
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FaultyProxy proxy = FaultyProxy.start(seed, service.getLocalPort());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket accepted = service.accept()) {
            accepted.setSoTimeout(1_000);
            byte[] written = new byte[BYTES];
            written[BYTES - 1] = 1;
            client.getOutputStream().write(written);
            client.getOutputStream().write(1);
            client.shutdownOutput();

            int last = 0;
            try {
                for (int next = 0; next >= 0; next = accepted.getInputStream().read()) {
                    last = next;
                }
            } catch (SocketTimeoutException e) {
                // silent
            }
            assertThat(last).isZero();
        }
    }
}
