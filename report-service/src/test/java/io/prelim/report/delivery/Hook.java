package io.prelim.report.delivery;

import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook as a test wants it. */
final class Hook implements AutoCloseable {
    /** @param headers by name in small letters */
    record Call(Map<String, String> headers, String body) {
        JsonPath json() {
            return JsonPath.from(body);
        }

        String id() {
            return headers.get("webhook-id");
        }

        /** As the specification has it, over the bytes that came. */
        boolean signedWith(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(
                        Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
                String signed = id() + "." + headers.get("webhook-timestamp") + "." + body;
                return headers.get("webhook-signature")
                        .equals("v1,"
                                + Base64.getEncoder()
                                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param headers of the answer */
    record Says(int status, Map<String, String> headers) {
        static final Says TAKEN = new Says(204, Map.of());

        static Says of(int status) {
            return new Says(status, Map.of());
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();

    /** @param answers to each call, those before it among the calls */
    Hook(int port, Function<Call, Says> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(
                            name.toLowerCase(Locale.ROOT), values.stream().collect(Collectors.joining(","))));
            Call call = new Call(headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            begun.incrementAndGet();
            Says says = answers.apply(call);
            calls.add(call);
            says.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(says.status(), -1);
            exchange.close();
        });
        server.start();
    }

    /** All calls, in the order of their answers. */
    List<Call> calls() {
        return calls;
    }

    /** Calls that came, with those that are not answered yet. */
    int begun() {
        return begun.get();
    }

    /** Those about a report. */
    List<Call> about(Object reportKey) {
        return calls.stream()
                .filter(call -> call.json().getString("subject").equals(reportKey.toString()))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
