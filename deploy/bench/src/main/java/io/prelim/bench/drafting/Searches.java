package io.prelim.bench.drafting;

import io.prelim.bench.load.Row;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reporting client and a quality office ask for, one request after the other. */
final class Searches {
    private static final int WARM_UP = 50;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;

    Searches(URI service) {
        this.service = service;
    }

    List<Row> measure(int stored, int requests) throws IOException, InterruptedException {
        String week = "&from=" + Instant.now().minus(Duration.ofDays(7));
        String code = "code=" + URLEncoder.encode("SCT|233604008", StandardCharsets.UTF_8);
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put("worklist", "/api/reports?limit=50");
        questions.put("worklist: later page", "/api/reports?limit=50&after=");
        questions.put("findings: newest", "/api/findings");
        questions.put("findings: code and week", "/api/findings?" + code + "&presence=present" + week);
        questions.put(
                "findings: code site probability week",
                "/api/findings?" + code + "&site=north&minProbability=0.5" + week);
        questions.put("findings: no match", "/api/findings?site=nowhere");
        questions.put("counts: by site of code and week", "/api/findings/counts?by=site&" + code + week);
        questions.put("counts: by day of all", "/api/findings/counts?by=day");
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, String> question : questions.entrySet()) {
            String path = question.getValue();
            if (path.endsWith("after=")) {
                path += middle();
            }
            rows.add(measure(question.getKey(), path, stored, requests));
        }
        return rows;
    }

    private Row measure(String name, String path, int stored, int requests) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            get(path);
        }
        double[] millis = new double[requests];
        long start = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            long asked = System.nanoTime();
            get(path);
            millis[i] = (System.nanoTime() - asked) / 1e6;
        }
        return Row.of("search", 1, name, stored + " stored", (System.nanoTime() - start) / 1e9, 0, millis);
    }

    /** The cursor of a page some way down. */
    private String middle() throws IOException, InterruptedException {
        String page = get("/api/reports?limit=500");
        int at = page.lastIndexOf("\"next\":\"");
        return page.substring(at + 8, page.indexOf('"', at + 8));
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Accept", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
