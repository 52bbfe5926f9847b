package io.prelim.bench.events;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prelim.bench.study.MemoryParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Ingest's {@code /internal/parts} for tiny studies, from memory, on loopback. */
final class PartsServer implements AutoCloseable {
    static {
        // read by the JDK's server: without it each answer waits 40 ms for the acknowledgement of its headers
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final MemoryParts parts;
    private final String authorization;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    PartsServer(MemoryParts parts, String token) throws IOException {
        this.parts = parts;
        this.authorization = "Bearer " + token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/internal/parts/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] bytes = parts.part(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
            if (bytes == null
                    || !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(bytes == null ? 404 : 401, -1);
                return;
            }
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
