package io.prelim.inference.evidence;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A stand-in for report's {@code /internal/evidence}, with the answers a test asks for. */
final class EvidenceEndpoint implements AutoCloseable {
    static final String TOKEN = "test-token";
    /** An answer that is none: the connection breaks. */
    static final int BREAK = 0;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private volatile Integer always;
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();

    EvidenceEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/internal/evidence/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next requests are answered so; after that 201, or 401 without the token. */
    void next(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    /** Whatever else comes is answered so; null for an end of that. */
    void always(Integer status) {
        always = status;
    }

    List<Map<String, String>> requests() {
        return requests;
    }

    byte[] stored(String partId) {
        return stored.get(partId);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(Map.of(
                    "method", exchange.getRequestMethod(),
                    "type", String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    "digest", String.valueOf(exchange.getRequestHeaders().getFirst("Content-Digest"))));
            Integer asked = always == null ? answers.poll() : always;
            boolean known =
                    ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            int status = asked != null ? asked : known ? 201 : 401;
            if (status == BREAK) {
                return;
            }
            if (status == 201) {
                String path = exchange.getRequestURI().getPath();
                stored.put(path.substring(path.lastIndexOf('/') + 1), body);
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
