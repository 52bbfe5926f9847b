package io.prelim.inference.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.inference.retry.Backoff;
import io.prelim.testkit.port.FreePort;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEvidenceTest {
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(2), Duration.ofMillis(10));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EvidenceEndpoint endpoint = new EvidenceEndpoint();
    private final EvidencePart part =
            EvidencePart.of(UUID.randomUUID(), "image/png", "a picture".getBytes(StandardCharsets.UTF_8));

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void aPartIsPutWithTypeAndDigest() throws Exception {
        assertThat(client(PATIENCE).store(part, far())).isTrue();

        assertThat(endpoint.stored(part.reference().partId().toString())).isEqualTo(part.bytes());
        String digest = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(part.bytes()));
        assertThat(endpoint.requests())
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .containsEntry("method", "PUT")
                        .containsEntry("type", "image/png")
                        .containsEntry("digest", "sha-256=:" + digest + ":"));
    }

    @Test
    void passingFaultsAreWaitedOut() throws Exception {
        endpoint.next(503, EvidenceEndpoint.BREAK, 500, 429);

        assertThat(client(PATIENCE).store(part, far())).isTrue();
        assertThat(endpoint.requests()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 411, 413, 415})
    void aRefusalIsFinal(int status) throws Exception {
        endpoint.next(status);

        HttpEvidence client = client(PATIENCE);
        assertThat(client.store(part, far())).isFalse();
        assertThat(endpoint.requests()).hasSize(1);

        endpoint.next(503);
        assertThat(client.store(part, far()))
                .as("it is there, so the next is waited for")
                .isTrue();
    }

    @Test
    void withoutItsTokenNothingIsKept() throws Exception {
        HttpEvidence stranger = new HttpEvidence(endpoint.url(), "other", PATIENCE, InstantSource.system(), QUICK);

        assertThat(stranger.store(part, far())).isFalse();
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void patienceEndsBeforeTheDeadline() throws Exception {
        assertThat(nobody(Duration.ofMillis(100)).store(part, far())).isFalse();
    }

    @Test
    void theDeadlineEndsPatience() throws Exception {
        assertThat(nobody(PATIENCE).store(part, Instant.now().plusMillis(100))).isFalse();
        assertThat(client(PATIENCE).store(part, Instant.now().minusSeconds(1))).isFalse();
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void onceOneWasWaitedForInVainTheNextHaveOneAttemptUntilOneIsTaken() throws Exception {
        HttpEvidence client = client(Duration.ofSeconds(2));
        endpoint.always(503);
        assertThat(client.store(part, far())).isFalse();
        int waited = endpoint.requests().size();
        assertThat(waited).isGreaterThan(1);

        assertThat(client.store(part, far())).isFalse();
        assertThat(endpoint.requests()).hasSize(waited + 1);

        endpoint.always(null);
        assertThat(client.store(part, far())).isTrue();
        endpoint.next(503);
        assertThat(client.store(part, far())).as("waited for again").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"report:8080", "ftp://report", "/internal", "http:x"})
    void anAddressThatIsNoneIsNamed(String url) {
        assertThatThrownBy(() -> new HttpEvidence(URI.create(url), "", PATIENCE, InstantSource.system(), QUICK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("prelim.evidence.url: must be an address");
    }

    private HttpEvidence client(Duration patience) {
        return new HttpEvidence(endpoint.url(), EvidenceEndpoint.TOKEN, patience, InstantSource.system(), QUICK);
    }

    private static HttpEvidence nobody(Duration patience) {
        return new HttpEvidence(
                URI.create("http://127.0.0.1:" + FreePort.next()), "t", patience, InstantSource.system(), QUICK);
    }

    private static Instant far() {
        return Instant.now().plusSeconds(3600);
    }
}
