package io.prelim.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One subscription with its WebSocket. Answers each event as it is told to. */
final class Subscriber implements WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String endpoint;
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final Object news = new Object();
    private final StringBuilder partial = new StringBuilder();
    private volatile int status = 200;
    private volatile boolean asText;
    private volatile boolean closed;
    private WebSocket socket;

    Subscriber(String endpoint) {
        this.endpoint = endpoint;
    }

    void connect(HubClient hub) {
        socket = hub.connect(endpoint, this);
    }

    /** @param answer a status; 0 for no answer */
    Subscriber answering(int answer) {
        status = answer;
        return this;
    }

    /** The status as a string, as in the specification's example. */
    Subscriber answeringAsText() {
        asText = true;
        return this;
    }

    String endpoint() {
        return endpoint;
    }

    boolean isClosed() {
        return closed;
    }

    List<JsonNode> messages() {
        return messages;
    }

    /** Events of a name, whatever its case. */
    List<JsonNode> events(String name) {
        return messages.stream()
                .filter(each -> each.path("event").path("hub.event").asText().equalsIgnoreCase(name))
                .toList();
    }

    /** The event with an id; null if it does not come. */
    JsonNode awaitId(String id, Duration limit) {
        return await(each -> each.has("event") && each.path("id").asText().equals(id), limit);
    }

    /** Null if it does not come. */
    JsonNode await(Predicate<JsonNode> wanted, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (news) {
            do {
                for (JsonNode each : messages) {
                    if (wanted.test(each)) {
                        return each;
                    }
                }
            } while (newsBefore(end));
            return null;
        }
    }

    boolean awaitClosed(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (news) {
            while (!closed && newsBefore(end)) {
                // looked at again
            }
            return closed;
        }
    }

    /** Waits for a message or the end; false when the time is over. Its monitor is held. */
    private boolean newsBefore(long end) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            return false;
        }
        try {
            news.wait(left);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Verdict.fail("interrupted");
        }
    }

    private void tell(Runnable what) {
        synchronized (news) {
            what.run();
            news.notifyAll();
        }
    }

    void close() {
        if (socket != null && !closed) {
            socket.abort();
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            take(from, partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(WebSocket from, String text) {
        try {
            JsonNode message = JSON.readTree(text);
            tell(() -> messages.add(message));
            if (message.has("event") && status > 0) {
                ObjectNode answer = JSON.createObjectNode();
                answer.set("id", message.get("id"));
                if (asText) {
                    answer.put("status", Integer.toString(status));
                } else {
                    answer.put("status", status);
                }
                from.sendText(answer.toString(), true);
            }
        } catch (IOException e) {
            tell(() -> messages.add(JSON.createObjectNode().put("unreadable", text)));
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        tell(() -> closed = true);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable fault) {
        tell(() -> closed = true);
    }
}
