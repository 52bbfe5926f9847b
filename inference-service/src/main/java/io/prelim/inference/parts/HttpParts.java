package io.prelim.inference.parts;

import io.prelim.events.PartReference;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.retry.Backoff;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /internal/parts/{partId}} with a bearer token. A broken transfer goes on where it broke ({@code Range}, RFC 9110 section
 * 14.2); answers 5xx and broken connections are tried again until the deadline, other answers are final. Thread-safe.
 */
public final class HttpParts implements Parts, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ATTEMPT = Duration.ofSeconds(30);
    private static final int MAX_DIGEST_FAILURES = 3;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "parts-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private final URI base;
    private final String token;
    private final long maxBytes;
    private final InstantSource clock;
    private final Backoff backoff;

    /** @param maxBytes larger parts are refused before they are asked for */
    public HttpParts(URI base, String token, long maxBytes, InstantSource clock, Backoff backoff) {
        this.base = base;
        this.token = token;
        this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 16);
        this.clock = clock;
        this.backoff = backoff;
    }

    @Override
    public byte[] read(PartReference part, Instant deadline) throws PartUnavailable, InterruptedException {
        if (part.length() > maxBytes) {
            throw new PartUnavailable(
                    "part-too-large",
                    "A stored part has " + part.length() + " bytes; at most " + maxBytes + " are read.");
        }
        PartBuffer buffer = new PartBuffer(part);
        int digestFailures = 0;
        for (int failures = 0; ; ) {
            String fault = attempt(part, buffer);
            if (fault == null && buffer.complete()) {
                byte[] verified = buffer.verified();
                if (verified != null) {
                    return verified;
                }
                if (++digestFailures == MAX_DIGEST_FAILURES) {
                    throw new PartUnavailable(
                            "part-digest-mismatch",
                            "A stored part is not the one the study names: its digest differs.");
                }
                fault = "digest differs";
            } else if (fault == null) {
                fault = "only " + buffer.received() + " of " + part.length() + " bytes came";
            }
            failures++;
            Duration wait = backoff.after(failures);
            if (!clock.instant().plus(wait).isBefore(deadline)) {
                throw new PartUnavailable(
                        "part-unavailable", "A stored part could not be fetched in time: " + fault + ".");
            }
            OperatorMessage.PART_RETRY.log("part", part.partId(), "failures", failures, "fault", fault);
            Thread.sleep(wait.toMillis());
        }
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
    }

    /** @return what went wrong for a passing reason, null if nothing did */
    private String attempt(PartReference part, PartBuffer buffer) throws PartUnavailable, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/internal/parts/" + part.partId()))
                .timeout(ATTEMPT)
                .header("Authorization", "Bearer " + token)
                .GET();
        if (buffer.received() > 0) {
            request.header("Range", "bytes=" + buffer.received() + "-");
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                int status = response.statusCode();
                if (status >= 500 || status == 408 || status == 429) {
                    return "answer " + status;
                }
                if (status != 200 && status != 206) {
                    throw new PartUnavailable("part-refused", "A stored part was refused with answer " + status + ".");
                }
                if (status == 200) {
                    buffer.restart();
                }
                readWatched(body, buffer);
                return null;
            }
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    /** A request's timeout ends with the headers; a body that trickles is closed, and goes on with the next attempt. */
    private void readWatched(InputStream body, PartBuffer buffer) throws IOException, PartUnavailable {
        Future<?> watch = watchdog.schedule(
                () -> {
                    body.close();
                    return null;
                },
                ATTEMPT.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            buffer.readFrom(body);
        } finally {
            watch.cancel(false);
        }
    }
}
