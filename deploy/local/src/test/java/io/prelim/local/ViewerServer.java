package io.prelim.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prelim.testkit.peers.Peers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * OHIF's viewer as its package has it, with a configuration that names Prelim, and in front of Prelim what a site puts there: a proxy of one
 * origin that shows the reader's token.
 */
final class ViewerServer implements AutoCloseable {
    private static final Path VIEWER = Path.of("/usr/local/share/ohif-3.13.2/dist");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html",
            "js", "text/javascript",
            "css", "text/css",
            "wasm", "application/wasm",
            "json", "application/json",
            "svg", "image/svg+xml");
    private static final List<String> PASSED_ON = List.of("Accept", "Range");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI ingest;
    private final String token;
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    private ViewerServer(URI ingest, String token) throws IOException {
        this.ingest = ingest;
        this.token = token;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /** Starts it, or skips the test where the viewer is not installed. */
    static ViewerServer start(URI ingest, String token) throws IOException {
        Peers.requireFile(VIEWER.resolve("index.html"), "@ohif/app of npm");
        ViewerServer viewer = new ViewerServer(ingest, token);
        viewer.server.setExecutor(viewer.threads);
        viewer.server.createContext("/dicom-web", viewer::dicomWeb);
        viewer.server.createContext("/", viewer::file);
        viewer.server.start();
        return viewer;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Requests over DICOMweb that were answered 400 or above. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    private void dicomWeb(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(ingest.resolve(asked.toString())).header("Authorization", "Bearer " + token);
            for (String name : PASSED_ON) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() >= 400) {
                refused.add(answer.statusCode() + " " + asked);
            }
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            try (InputStream body = answer.body()) {
                exchange.sendResponseHeaders(answer.statusCode(), answer.statusCode() == 204 ? -1 : 0);
                body.transferTo(exchange.getResponseBody());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void file(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            Path file = VIEWER.resolve(path).normalize();
            boolean there = file.startsWith(VIEWER) && Files.isRegularFile(file);
            // the viewer's own addresses are all of the one page
            Path served = there ? file : VIEWER.resolve("index.html");
            byte[] bytes = path.equals("app-config.js") ? configuration() : Files.readAllBytes(served);
            String name = served.getFileName().toString();
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            exchange.getResponseHeaders().set("Content-Type", type);
            // without these a browser gives no shared memory, which the viewer's volumes lie in
            exchange.getResponseHeaders().set("Cross-Origin-Opener-Policy", "same-origin");
            exchange.getResponseHeaders().set("Cross-Origin-Embedder-Policy", "require-corp");
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    private byte[] configuration() {
        String root = url("/dicom-web");
        return ("""
                window.config = {
                  routerBasename: null,
                  extensions: [],
                  modes: [],
                  showStudyList: true,
                  maxNumberOfWebWorkers: 2,
                  defaultDataSourceName: 'prelim',
                  dataSources: [{
                    namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
                    sourceName: 'prelim',
                    configuration: {
                      friendlyName: 'Prelim',
                      name: 'prelim',
                      qidoRoot: 'ROOT',
                      wadoRoot: 'ROOT',
                      qidoSupportsIncludeField: true,
                      imageRendering: 'wadors',
                      thumbnailRendering: 'thumbnail',
                      thumbnailRequestStrategy: 'fetch',
                      enableStudyLazyLoad: true,
                      supportsFuzzyMatching: true,
                      supportsWildcard: true,
                      bulkDataURI: { enabled: true },
                    },
                  }],
                };
                """).replace("ROOT", root).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
