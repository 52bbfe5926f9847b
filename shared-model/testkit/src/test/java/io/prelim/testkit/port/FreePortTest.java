package io.prelim.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void noneIsGivenTwiceNorTakenByAnOutgoingConnection() {
        int[] ports = IntStream.range(0, 200).map(i -> FreePort.next()).toArray();

        assertThat(ports).doesNotHaveDuplicates();
        assertThat(IntStream.of(ports).max().orElseThrow()).isLessThan(32_768);
    }

    @Test
    void itCanBeListenedOn() throws IOException {
        int port = FreePort.next();

        try (ServerSocket listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(listening.getLocalPort()).isEqualTo(port);
        }
    }
}
