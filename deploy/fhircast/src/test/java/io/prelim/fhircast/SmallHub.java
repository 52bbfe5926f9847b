package io.prelim.fhircast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A hub of one topic for the checker's own tests: it keeps every rule but one. One event loop runs all of it. */
final class SmallHub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_MILLIS = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    /** Rules that are broken. */
    private final Set<String> broken;

    private final Map<String, Sub> subs = new LinkedHashMap<>();
    private final Map<String, Context> contexts = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private int count;

    SmallHub(String... broken) throws Exception {
        this.broken = Set.of(broken);
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/hub");
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private boolean keeps(String rule) {
        return !broken.contains(rule);
    }

    private void handle(HttpServerRequest request) {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            Sub sub = subs.get(request.path().substring(request.path().lastIndexOf('/') + 1));
            if (sub == null && keeps("endpoint-unguessable")) {
                answer(request, 404, "");
            } else {
                request.toWebSocket().onSuccess(socket -> (sub == null ? new Sub("*") : sub).open(socket));
            }
        } else if (request.path().endsWith("/.well-known/fhircast-configuration")) {
            answer(
                    request,
                    200,
                    "{\"eventsSupported\":"
                            + (keeps("configuration")
                                    ? "[\"Patient-open\",\"Patient-close\",\"DiagnosticReport-open\",\"DiagnosticReport-close\","
                                            + "\"DiagnosticReport-update\",\"DiagnosticReport-select\",\"SyncError\",\"Heartbeat\"]"
                                    : "1")
                            + ",\"websocketSupport\":true}");
        } else if (request.method().name().equals("GET")) {
            answer(request, 200, current());
        } else {
            request.body().onSuccess(body -> {
                boolean form = request.getHeader("Content-Type").contains("form");
                try {
                    if (form) {
                        answer(request, 202, subscribe(parameters(body.toString())));
                    } else {
                        accept(JSON.readTree(body.toString()));
                        answer(request, 202, "");
                    }
                } catch (IllegalArgumentException | JsonProcessingException e) {
                    answer(request, 400, "");
                }
            });
        }
    }

    private static void answer(HttpServerRequest request, int status, String body) {
        request.response().setStatusCode(status).end(body);
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : form.split("&")) {
            String[] pair = java.net.URLDecoder.decode(each, java.nio.charset.StandardCharsets.UTF_8)
                    .split("=", 2);
            parameters.put(pair[0], pair[1]);
        }
        return parameters;
    }

    private static void need(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException();
        }
    }

    private String subscribe(Map<String, String> form) {
        String type = form.get("hub.channel.type");
        need(type != null || !keeps("channel-type-required"));
        need(type == null || type.equals("websocket") || !keeps("webhook-refused"));
        String mode = form.get("hub.mode");
        need(Set.of("subscribe", "unsubscribe").contains(mode) || !keeps("mode-known"));
        need(form.containsKey("hub.topic") || !keeps("topic-required"));
        need(form.containsKey("hub.events") || "unsubscribe".equals(mode) || !keeps("events-required"));
        String endpoint = form.get("hub.channel.endpoint");
        Sub known = endpoint == null ? null : subs.get(endpoint.substring(endpoint.lastIndexOf('/') + 1));
        need(endpoint == null || known != null);
        if ("unsubscribe".equals(mode)) {
            known.end();
            return "{}";
        }
        if (known != null) {
            known.events = keeps("resubscribe") ? form.get("hub.events").toLowerCase(Locale.ROOT) : known.events;
            return endpoint(endpoint);
        }
        Sub sub = new Sub(form.getOrDefault("hub.events", ""));
        sub.topic = form.getOrDefault("hub.topic", "");
        sub.lease = Long.parseLong(form.getOrDefault("hub.lease_seconds", "100"));
        String secret = keeps("endpoint-unguessable") ? UUID.randomUUID().toString() : "channel-" + count++;
        subs.put(secret, sub);
        sub.secret = secret;
        return endpoint(
                (keeps("subscribe") ? "ws" : "http") + "://127.0.0.1:" + server.actualPort() + "/hub/" + secret);
    }

    private static String endpoint(String address) {
        return "{\"hub.channel.endpoint\":\"" + address + "\"}";
    }

    private void accept(JsonNode message) {
        need(message.path("timestamp").isTextual() || !keeps("timestamp-required"));
        need(message.path("id").isTextual() || !keeps("id-required"));
        JsonNode event = message.path("event");
        need(event.isObject() || !keeps("event-required"));
        String id = message.path("id").asText();
        if (keeps("same-event-once") && !id.isEmpty() && !seen.add(id)) {
            return;
        }
        String name = event.path("hub.event").asText("patient-open");
        String lower = name.toLowerCase(Locale.ROOT);
        need(event.path("context").isArray() || !event.isObject() || !keeps("context-required"));
        boolean session = subs.values().stream()
                .anyMatch(each -> each.topic.equals(event.path("hub.topic").asText()));
        need(session || !keeps("session-known") || !event.isObject());
        ObjectNode told = message.deepCopy();
        if (!told.has("event")) {
            told.putObject("event").put("hub.event", name);
        }
        ObjectNode body = (ObjectNode) told.get("event");
        String anchor = anchor(event, lower);
        if (lower.endsWith("-open")) {
            need(!lower.startsWith("diagnosticreport")
                    || !keeps("context-complete")
                    || has(event, "report") && has(event, "patient"));
            Context before = contexts.remove(anchor);
            Context context = new Context(name.replaceAll("-.*", ""), event.path("context"), told);
            if (before != null && keeps("reopen-keeps-content")) {
                context.content.putAll(before.content);
            }
            contexts.put(anchor, context);
            if (keeps("open-has-version")) {
                body.put("context.versionId", context.version);
            }
        } else if (lower.endsWith("-close")) {
            Context closed = contexts.remove(anchor);
            if (!keeps("close-forgets-content") && closed != null) {
                forgotten.put(anchor, closed);
            }
        } else if (lower.endsWith("-update")) {
            update(event, body, anchor);
        }
        if (!keeps("close-forgets-content") && lower.endsWith("-open") && forgotten.containsKey(anchor)) {
            contexts.get(anchor).content.putAll(forgotten.remove(anchor).content);
        }
        if (lower.equals("syncerror") && !keeps("sync-error-relayed")
                || lower.endsWith("-select") && !keeps("select-distributed")) {
            return;
        }
        distribute(told, lower, null);
    }

    private final Map<String, Context> forgotten = new HashMap<>();

    private void update(JsonNode event, ObjectNode told, String anchor) {
        need(has(event, "report") || !keeps("report-required"));
        Context context = has(event, "report")
                ? contexts.get(anchor)
                : contexts.values().iterator().next();
        need(context != null);
        String version = event.path("context.versionId").asText();
        need(!version.isEmpty() || !keeps("update-without-version-refused"));
        need(version.isEmpty() || version.equals(context.version) || !keeps("stale-update-refused"));
        List<JsonNode> bundles = new ArrayList<>();
        event.path("context").forEach(item -> {
            if (item.path("key").asText().equals("updates")) {
                bundles.add(item.path("resource"));
            }
        });
        need(!bundles.isEmpty() || !keeps("updates-required"));
        need(bundles.size() < 2 || !keeps("one-bundle-alone"));
        Map<String, JsonNode> content = keeps("update-atomic") ? new LinkedHashMap<>(context.content) : context.content;
        Set<String> named = new HashSet<>();
        for (JsonNode entry :
                bundles.isEmpty() ? JSON.createArrayNode() : bundles.get(0).path("entry")) {
            String reference = entry.path("fullUrl").asText();
            need(named.add(reference) || !keeps("resource-once"));
            switch (entry.path("request").path("method").asText()) {
                case "PUT" -> content.put(reference, entry.path("resource"));
                case "DELETE" -> {
                    need(!reference.startsWith("Patient/") || !keeps("patient-stays"));
                    content.remove(reference);
                }
                default -> throw new IllegalArgumentException();
            }
        }
        String prior = context.version;
        context.content = content;
        context.version = UUID.randomUUID().toString();
        told.put("context.versionId", context.version);
        if (keeps("update-distributed")) {
            told.put("context.priorVersionId", prior);
        }
    }

    private static boolean has(JsonNode event, String key) {
        for (JsonNode item : event.path("context")) {
            if (item.path("key").asText().equals(key)) {
                return true;
            }
        }
        return false;
    }

    private static String anchor(JsonNode event, String name) {
        String key = name.startsWith("diagnosticreport") ? "report" : "patient";
        for (JsonNode item : event.path("context")) {
            if (item.path("key").asText().equals(key)) {
                return key + item.path("resource").path("id").asText();
            }
        }
        return key;
    }

    private void distribute(ObjectNode message, String name, Sub but) {
        if (!keeps("event-distributed") && !name.equals("syncerror")) {
            message.put("id", UUID.randomUUID().toString());
        }
        subs.values().stream()
                .filter(each -> each != but && (each.wants(name) || !keeps("only-subscribed")))
                .toList()
                .forEach(each -> each.tell(message, !name.equals("syncerror")));
    }

    private void syncError(Sub about, String id) {
        ObjectNode message = JSON.createObjectNode().put("id", UUID.randomUUID().toString());
        message.put("timestamp", "2026-03-01T08:00:00Z");
        ObjectNode event =
                message.putObject("event").put("hub.topic", about.topic).put("hub.event", "SyncError");
        ObjectNode item = event.putArray("context").addObject().put("key", "operationoutcome");
        ObjectNode outcome = item.putObject("resource").put("resourceType", "OperationOutcome");
        outcome.putArray("issue").addObject().put("severity", "warning").put("diagnostics", id);
        distribute(message, "syncerror", about);
    }

    private String current() {
        Context last = null;
        for (Context each : contexts.values()) {
            last = each;
        }
        ObjectNode current = JSON.createObjectNode();
        if (last == null && keeps("current-context-empty")) {
            current.put("context.type", "").putArray("context");
            return current.toString();
        }
        current.put("context.type", last == null ? "Patient" : keeps("current-context") ? last.type : "None");
        ArrayNode items = current.putArray("context");
        if (last != null) {
            current.put("context.versionId", last.version);
            last.context.forEach(items::add);
            ObjectNode bundle = items.addObject().put("key", "content").putObject("resource");
            bundle.put("type", keeps("content-in-current-context") ? "collection" : "transaction");
            ArrayNode entries = bundle.putArray("entry");
            last.content.values().forEach(each -> entries.addObject().set("resource", each));
        }
        return current.toString();
    }

    private static final class Context {
        private final String type;
        private final JsonNode context;
        private final ObjectNode open;
        private String version = UUID.randomUUID().toString();
        private Map<String, JsonNode> content = new LinkedHashMap<>();

        private Context(String type, JsonNode context, ObjectNode open) {
            this.type = type;
            this.context = context;
            this.open = open;
        }
    }

    private final class Sub {
        private String events;
        private String topic = "";
        private String secret = "";
        private long lease = 100;
        private ServerWebSocket socket;
        private final Set<String> awaited = new HashSet<>();

        private Sub(String events) {
            this.events = keeps("names-without-case") ? events.toLowerCase(Locale.ROOT) : events;
        }

        private boolean wants(String name) {
            for (String each : events.split(",")) {
                String asked = keeps("names-without-case") ? each : each.replaceFirst("^Patient-open$", "patient-open");
                if (asked.toLowerCase(Locale.ROOT).equals(name)
                        && (keeps("names-without-case") || !each.equals("PATIENT-OPEN"))) {
                    return true;
                }
                if (asked.endsWith("-*")
                        && keeps("wild-cards")
                        && name.startsWith(asked.toLowerCase(Locale.ROOT).replace("*", ""))) {
                    return true;
                }
            }
            return false;
        }

        private void open(ServerWebSocket opened) {
            socket = opened;
            socket.textMessageHandler(this::answered);
            ObjectNode confirmation = JSON.createObjectNode();
            confirmation.put("hub.mode", "subscribe").put("hub.topic", topic);
            confirmation.put("hub.events", keeps("wild-cards") ? events : events.replace("patient-*", "none"));
            if (keeps("confirmation")) {
                confirmation.put("hub.lease_seconds", lease);
            }
            socket.writeTextMessage(confirmation.toString());
            if (keeps("current-on-joining")) {
                contexts.values().stream()
                        .filter(each -> wants(each.open
                                .path("event")
                                .path("hub.event")
                                .asText()
                                .toLowerCase(Locale.ROOT)))
                        .forEach(each -> tell(each.open, false));
            }
            if (keeps("lease-ends")) {
                vertx.setTimer(lease * 1000, timer -> end());
            }
            if (wants("heartbeat") && keeps("heartbeat")) {
                vertx.setTimer(
                        200,
                        timer -> socket.writeTextMessage(
                                "{\"id\":\"h\",\"event\":{\"hub.event\":\"Heartbeat\",\"context\":[{\"key\":\"period\",\"decimal\":10}]}}"));
            }
        }

        private void tell(ObjectNode message, boolean answer) {
            if (socket == null || socket.isClosed()) {
                return;
            }
            String id = message.path("id").asText();
            if (answer) {
                awaited.add(id);
                vertx.setTimer(ANSWER_MILLIS, timer -> {
                    if (awaited.remove(id) && keeps("silence-told")) {
                        syncError(this, id);
                    }
                });
            }
            socket.writeTextMessage(message.toString());
        }

        private void answered(String text) {
            try {
                JsonNode answer = JSON.readTree(text);
                String id = answer.path("id").asText();
                boolean readable = answer.path("status").isNumber() || keeps("answers-as-number-and-text");
                if (readable
                        && awaited.remove(id)
                        && !answer.path("status").asText().startsWith("2")
                        && keeps("refusal-told")) {
                    syncError(this, id);
                }
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        private void end() {
            if (keeps("unsubscribe")) {
                subs.remove(secret);
                if (socket != null && !socket.isClosed()) {
                    socket.writeTextMessage("{\"hub.mode\":\"denied\"}");
                    socket.close();
                }
            } else {
                events = "";
            }
        }
    }
}
