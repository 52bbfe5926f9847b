package io.prelim.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** HTTP and WebSocket to a hub, as they are. */
final class HubClient {
    /** How a verdict begins that is none of the hub's rules. */
    static final String NO_ANSWER = "no answer";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    private final Options options;

    HubClient(Options options) {
        this.options = options;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> form(Map<String, String> parameters) {
        String body = parameters.entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
        return send(request("")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> event(JsonNode event) {
        return send(request("")
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(event.toString())));
    }

    /** @throws CompletionException if the hub does not take the connection */
    WebSocket connect(String endpoint, WebSocket.Listener listener) {
        return http.newWebSocketBuilder()
                .connectTimeout(LIMIT)
                .buildAsync(URI.create(endpoint), listener)
                .join();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(options.hub() + path)).timeout(LIMIT);
        return options.token() == null ? request : request.header("Authorization", "Bearer " + options.token());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw Verdict.fail(NO_ANSWER + ": " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Verdict.fail("interrupted");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
