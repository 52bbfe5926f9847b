package io.prelim.report.neighbour;

import io.prelim.report.operator.Loopback;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One service that is asked, a few requests at a time; follows no redirect. */
final class Neighbour {
    private static final int AT_ONCE = 8;

    private final String name;
    private final Optional<URI> url;
    private final Optional<String> token;
    private final Duration timeout;
    private final HttpClient client;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @param name for the reader, such as {@code The image service} */
    Neighbour(String name, Optional<URI> url, Optional<String> token, Duration timeout) {
        this.name = name;
        this.url = url;
        this.token = token.filter(each -> !each.isBlank());
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /** Whether an address may be used: HTTPS, or HTTP on this machine; without a user in it. */
    static boolean usable(URI url) {
        return url.getHost() != null
                && url.getUserInfo() == null
                && url.getQuery() == null
                && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()) && Loopback.is(url.getHost()));
    }

    /**
     * Asks, and reads the whole answer.
     *
     * @param path below the service's address, made of UIDs, numbers and names alone
     * @param most bytes of the answer
     * @throws Unanswered where nothing usable comes in time
     */
    byte[] get(String path, String accept, int most) {
        URI address = url.map(each -> URI.create(each.toString().replaceAll("/+$", "") + path))
                .orElseThrow(() -> new Unanswered(404, name + " is not configured."));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(timeout).header("Accept", accept);
        token.ifPresent(each -> request.header("Authorization", "Bearer " + each.strip()));
        long end = System.nanoTime() + timeout.toNanos();
        try {
            if (!places.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Unanswered(503, name + " is asked too often at once; try again.");
            }
            try {
                return read(request.build(), most, end - System.nanoTime());
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered(503, "The service is being stopped.");
        }
    }

    private byte[] read(HttpRequest request, int most, long nanos) throws InterruptedException {
        // the client's own timeout ends with the headers; a body may trickle
        CompletableFuture<HttpResponse<byte[]>> asked = client.sendAsync(request, answer -> new BoundedBytes(most));
        try {
            HttpResponse<byte[]> response = asked.get(nanos, TimeUnit.NANOSECONDS);
            return switch (response.statusCode()) {
                case 200, 206 -> response.body();
                case 404 -> throw new Unanswered(404, name + " has no such thing.");
                case 410 -> throw new Unanswered(404, name + " does not hold it any more.");
                case 503 -> throw new Unanswered(503, name + " is busy; try again.");
                default -> throw new Unanswered(502, name + " answered " + response.statusCode() + ".");
            };
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw late();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HttpTimeoutException
                    ? late()
                    : new Unanswered(502, name + " cannot be reached, or answers too much.");
        }
    }

    private Unanswered late() {
        return new Unanswered(504, name + " did not answer within " + timeout.toMillis() + " ms.");
    }
}
