package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Where subscribers' WebSockets end. A channel's address is its only secret: it stands in no log, label or answer but its own. */
@ApplicationScoped
public class Channels {
    /** Below the hub's address. */
    public static final String PATH = "/channel/";

    /** Of the hub. */
    public static final String HUB = "/fhircast";

    private static final OperatorLog LOG = OperatorLog.of(Channels.class);
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");
    private static final int MOST_CHARACTERS = 16_384;
    private static final short NORMAL = 1000;
    private static final short GOING_AWAY = 1001;
    private static final short TOO_BIG = 1009;

    private final Hub hub;

    Channels(Hub hub) {
        this.hub = hub;
    }

    void route(@Observes Router router) {
        if (hub.enabled()) {
            router.get(HUB + PATH + ":channel").handler(this::connect);
        }
    }

    private void connect(RoutingContext routing) {
        String secret = routing.pathParam("channel");
        Hub.Channel channel = SECRET.matcher(secret).matches() ? hub.channel(secret) : null;
        if (channel == null) {
            routing.response().setStatusCode(404).end();
            return;
        }
        HttpConnection connection = routing.request().connection();
        routing.request()
                .toWebSocket()
                .onSuccess(socket -> serve(channel, socket, connection))
                .onFailure(fault -> routing.response().setStatusCode(400).end());
    }

    private static void serve(Hub.Channel channel, ServerWebSocket socket, HttpConnection connection) {
        Topic topic = channel.topic();
        Subscriber subscriber = channel.subscriber();
        Line line = new SocketLine(socket, connection);
        socket.textMessageHandler(text -> {
            if (text.length() > MOST_CHARACTERS) {
                socket.close(TOO_BIG);
            } else {
                answer(topic, subscriber, text);
            }
        });
        socket.exceptionHandler(fault -> {});
        socket.closeHandler(closed -> {
            Short code = socket.closeStatusCode();
            topic.disconnected(subscriber, line, code != null && (code == NORMAL || code == GOING_AWAY));
        });
        if (!topic.connect(subscriber, line)) {
            socket.close(NORMAL);
        }
    }

    /** {@code {id, status}}: the status as a number, or as the specification's example has it; what is neither is passed over. */
    private static void answer(Topic topic, Subscriber subscriber, String text) {
        ObjectNode answer;
        try {
            answer = CastJson.object(text);
        } catch (Refused e) {
            return;
        }
        JsonNode id = answer.path("id");
        String status = answer.path("status").asText();
        if (id.isTextual() && STATUS.matcher(status).matches()) {
            topic.answered(subscriber, id.asText(), Integer.parseInt(status));
        }
    }

    private record SocketLine(ServerWebSocket socket, HttpConnection connection) implements Line {
        @Override
        public void send(String text, Consumer<Boolean> done) {
            socket.writeTextMessage(text).onComplete(sent -> done.accept(sent.succeeded()));
        }

        @Override
        public void ping() {
            socket.writePing(Buffer.buffer());
        }

        @Override
        public void end() {
            socket.close(NORMAL);
        }

        @Override
        public void cut() {
            LOG.write(OperatorMessage.FHIRCAST_CUT);
            connection.close();
        }
    }
}
