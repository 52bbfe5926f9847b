package io.prelim.inference.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.PartsEndpoint;
import io.prelim.inference.retry.Backoff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpPartsTest {
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(2), Duration.ofMillis(10));

    private final InMemoryParts stored = new InMemoryParts();
    private final PartsEndpoint endpoint = new PartsEndpoint(stored::get);
    private final byte[] bytes = new byte[300_000];
    private final PartReference part;

    HttpPartsTest() {
        new Random(1).nextBytes(bytes);
        part = stored.put(PartClass.PIXELS, bytes);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void readsAPart() throws Exception {
        assertThat(client(PartsEndpoint.TOKEN).read(part, soon())).isEqualTo(bytes);
    }

    @Test
    void readsAnEmptyPart() throws Exception {
        assertThat(client(PartsEndpoint.TOKEN).read(stored.put(PartClass.PIXELS, new byte[0]), soon()))
                .isEmpty();
    }

    @Test
    void waitsOutABusyStore() throws Exception {
        endpoint.next(PartsEndpoint.Fault.BUSY);
        endpoint.next(PartsEndpoint.Fault.BUSY);

        assertThat(client(PartsEndpoint.TOKEN).read(part, soon())).isEqualTo(bytes);
    }

    @Test
    void goesOnWhereTheTransferBroke() throws Exception {
        endpoint.next(PartsEndpoint.Fault.BREAK_HALFWAY);

        assertThat(client(PartsEndpoint.TOKEN).read(part, soon())).isEqualTo(bytes);
        assertThat(endpoint.ranges())
                .singleElement()
                .satisfies(range -> assertThat(range).matches("bytes=[1-9]\\d*-"));
    }

    @Test
    void aTokenThatIsNotKnownIsFinal() {
        PartUnavailable refused = refusal(client("other"), part, soon());

        assertThat(refused.reason().code()).isEqualTo("part-refused");
        assertThat(refused.reason().text()).contains("401");
    }

    @Test
    void aPartThatIsNotThereIsFinal() {
        PartReference unknown = new PartReference(UUID.randomUUID(), PartClass.PIXELS, 5, part.digest());

        assertThat(refusal(client(PartsEndpoint.TOKEN), unknown, soon())
                        .reason()
                        .text())
                .contains("404");
    }

    @Test
    void otherBytesAreRefused() {
        byte[] other = bytes.clone();
        other[200_000]++;
        stored.corrupt(part, other);

        assertThat(refusal(client(PartsEndpoint.TOKEN), part, soon()).reason().code())
                .isEqualTo("part-digest-mismatch");
    }

    @Test
    void moreBytesThanPromisedAreRefused() {
        stored.corrupt(part, Arrays.copyOf(bytes, bytes.length + 1));

        assertThat(refusal(client(PartsEndpoint.TOKEN), part, soon()).reason().code())
                .isEqualTo("part-length-mismatch");
    }

    @Test
    void fewerBytesThanPromisedAreWaitedForUntilTheDeadline() {
        stored.corrupt(part, Arrays.copyOf(bytes, 1000));

        PartUnavailable refused =
                refusal(client(PartsEndpoint.TOKEN), part, Instant.now().plusMillis(200));

        assertThat(refused.reason().code()).isEqualTo("part-unavailable");
    }

    @Test
    void noListenerIsWaitedForUntilTheDeadline() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        HttpParts client =
                new HttpParts(URI.create("http://127.0.0.1:" + closed), "t", 1 << 20, InstantSource.system(), QUICK);

        PartUnavailable refused = refusal(client, part, Instant.now().plusMillis(100));

        assertThat(refused.reason().text()).contains("ConnectException");
    }

    @Test
    void aPartOverTheLimitIsNotAskedFor() {
        PartReference huge = new PartReference(part.partId(), PartClass.PIXELS, 1L << 40, part.digest());

        assertThat(refusal(client(PartsEndpoint.TOKEN), huge, soon()).reason().code())
                .isEqualTo("part-too-large");
    }

    private static PartUnavailable refusal(HttpParts client, PartReference part, Instant deadline) {
        PartUnavailable refused = catchThrowableOfType(PartUnavailable.class, () -> client.read(part, deadline));
        assertThat(refused).isNotNull();
        return refused;
    }

    private HttpParts client(String token) {
        return new HttpParts(endpoint.url(), token, 1 << 20, InstantSource.system(), QUICK);
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(20);
    }
}
