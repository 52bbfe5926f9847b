package io.prelim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.events.EventJson;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/** A reporting client at a FHIRcast hub. It answers every event as it is told to. */
final class CastClient implements AutoCloseable {
    static final String ALL = "*";

    private final String topic;
    private final String endpoint;
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile IntSupplier answer = () -> 200;
    private volatile int closed;
    private WebSocket socket;

    private CastClient(String topic, String endpoint) {
        this.topic = topic;
        this.endpoint = endpoint;
    }

    /** @param more names and values of further parameters, in turn */
    static CastClient join(String topic, String events, String... more) {
        Response response = subscribe(topic, events, more);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(202);
        CastClient client = new CastClient(topic, response.jsonPath().getString("'hub.channel.endpoint'"));
        client.connect();
        return client;
    }

    static Response subscribe(String topic, String events, String... more) {
        var request = RestAssured.given()
                .formParam("hub.channel.type", "websocket")
                .formParam("hub.mode", "subscribe")
                .formParam("hub.topic", topic)
                .formParam("hub.events", events);
        for (int i = 0; i < more.length; i += 2) {
            request = request.formParam(more[i], more[i + 1]);
        }
        return request.post("/fhircast");
    }

    Response unsubscribe() {
        return RestAssured.given()
                .formParam("hub.channel.type", "websocket")
                .formParam("hub.mode", "unsubscribe")
                .formParam("hub.topic", topic)
                .formParam("hub.channel.endpoint", endpoint)
                .post("/fhircast");
    }

    /** Connects, or connects again. */
    void connect() {
        closed = 0;
        int before = messages.size();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(endpoint), new Listener())
                .join();
        await().until(() -> messages.stream().skip(before).anyMatch(each -> each.has("hub.mode")));
    }

    void abort() {
        socket.abort();
    }

    String endpoint() {
        return endpoint;
    }

    /** How it answers; 0 for not at all. */
    CastClient answering(int status) {
        answer = () -> status;
        return this;
    }

    List<JsonNode> messages() {
        return messages;
    }

    /** The messages as they came. */
    List<String> texts() {
        return texts;
    }

    /** 0 while it is open. */
    int closed() {
        return closed;
    }

    List<JsonNode> events(String name) {
        return messages.stream()
                .filter(each -> each.path("event").path("hub.event").asText().equals(name))
                .toList();
    }

    /** The last event of a name, once there are so many. */
    JsonNode event(String name, int count) {
        return await().until(() -> events(name), events -> events.size() >= count)
                .get(count - 1);
    }

    JsonNode denial() {
        return await().until(
                        () -> messages.stream()
                                .filter(each -> each.path("hub.mode").asText().equals("denied"))
                                .toList(),
                        denials -> !denials.isEmpty())
                .get(0);
    }

    /** Sends an event with an id of its own. @param versionId null for none */
    Response send(String name, String versionId, JsonNode... context) {
        return sendAs(UUID.randomUUID().toString(), name, versionId, context);
    }

    Response sendAs(String id, String name, String versionId, JsonNode... context) {
        ObjectNode message = EventJson.mapper().createObjectNode();
        message.put("timestamp", Instant.now().toString()).put("id", id);
        ObjectNode event = message.putObject("event");
        event.put("hub.topic", topic).put("hub.event", name);
        if (versionId != null) {
            event.put("context.versionId", versionId);
        }
        event.putArray("context").addAll(List.of(context));
        return post(message.toString());
    }

    static Response post(String body) {
        return RestAssured.given().contentType("application/json").body(body).post("/fhircast");
    }

    JsonNode current() {
        return json(RestAssured.get("/fhircast/{topic}", topic)
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    static JsonNode json(String text) {
        try {
            return EventJson.mapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                texts.add(partial.toString());
                JsonNode message = parsed(partial.toString());
                partial.setLength(0);
                int status = answer.getAsInt();
                if (message.has("event") && status > 0) {
                    ObjectNode ack = EventJson.mapper().createObjectNode();
                    ack.put("id", message.get("id").asText());
                    // the text says number, its example a string
                    if (messages.size() % 2 == 0) {
                        ack.put("status", status);
                    } else {
                        ack.put("status", Integer.toString(status));
                    }
                    from.sendText(ack.toString(), true);
                }
                messages.add(message);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed = code;
            return null;
        }

        private JsonNode parsed(String text) {
            try {
                return EventJson.mapper().readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
