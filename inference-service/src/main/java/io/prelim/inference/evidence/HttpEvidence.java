package io.prelim.inference.evidence;

import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.retry.Backoff;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;

/**
 * {@code PUT /internal/evidence/{partId}} of report-service, with a bearer token and the part's digest (RFC 9530). Answers 5xx and broken
 * connections are tried again until the patience or the deadline is over, other answers are final. Once a part was waited for in vain the
 * next have one attempt each until one is taken: studies that wait do not wait for each other's evidence. Thread-safe.
 */
public final class HttpEvidence implements EvidenceStore {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI base;
    private final String token;
    private final Duration patience;
    private final InstantSource clock;
    private final Backoff backoff;
    private volatile boolean away;

    /**
     * @param base     of report-service
     * @param patience how long one part is tried at most
     * @throws IllegalArgumentException if {@code base} is no address of HTTP
     */
    public HttpEvidence(URI base, String token, Duration patience, InstantSource clock, Backoff backoff) {
        boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        if (!http || base.getHost() == null) {
            throw new IllegalArgumentException(
                    "prelim.evidence.url: must be an address such as http://127.0.0.1:8080, and is " + base);
        }
        this.base = base;
        this.token = token;
        this.patience = patience;
        this.clock = clock;
        this.backoff = backoff;
    }

    @Override
    public boolean store(EvidencePart part, Instant deadline) throws InterruptedException {
        Instant patient = clock.instant().plus(patience);
        Instant end = patient.isBefore(deadline) ? patient : deadline;
        for (int failures = 1; ; failures++) {
            Duration left = Duration.between(clock.instant(), end);
            Answer answer = left.isNegative() || left.isZero()
                    ? Answer.passing("no time left")
                    : attempt(part, left.compareTo(ATTEMPT) < 0 ? left : ATTEMPT);
            if (answer.fault == null) {
                away = false;
                return true;
            }
            Duration wait = backoff.after(failures);
            boolean over = away || !clock.instant().plus(wait).isBefore(end);
            if (answer.isFinal || over) {
                away = !answer.isFinal;
                OperatorMessage.EVIDENCE_FAILED.log(
                        "part", part.reference().partId(), "attempts", failures, "fault", answer.fault);
                return false;
            }
            OperatorMessage.EVIDENCE_RETRY.log(
                    "part", part.reference().partId(), "failures", failures, "fault", answer.fault);
            Thread.sleep(wait.toMillis());
        }
    }

    private Answer attempt(EvidencePart part, Duration within) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        base.resolve("/internal/evidence/" + part.reference().partId()))
                .timeout(within)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", part.mediaType())
                .header("Content-Digest", "sha-256=:" + base64(part.reference().digest()) + ":")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(part.bytes()))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                return new Answer(null, true);
            }
            return new Answer("answer " + status, status < 500 && status != 408 && status != 429);
        } catch (IOException e) {
            return Answer.passing(e.getClass().getSimpleName());
        }
    }

    /** @param digest {@code sha256:} and hexadecimal digits */
    private static String base64(String digest) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.substring(digest.indexOf(':') + 1)));
    }

    /** @param fault null when the part is kept */
    private record Answer(String fault, boolean isFinal) {
        static Answer passing(String fault) {
            return new Answer(fault, false);
        }
    }
}
