package io.prelim.local.progress;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.events.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Ingest's ledger and the report API. */
public final class PrelimApi {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI ingest;
    private final URI report;

    /** @param ingest such as {@code http://127.0.0.1:8081} */
    public PrelimApi(URI ingest, URI report) {
        this.ingest = ingest;
        this.report = report;
    }

    /** The study as the ledger has it now. */
    public StudyState study(String studyInstanceUid) throws IOException, InterruptedException {
        JsonNode study = first(ingestJson("/api/studies?studyInstanceUid=" + encoded(studyInstanceUid)));
        if (study == null) {
            return StudyState.UNSEEN;
        }
        String detail = "";
        for (JsonNode entry : study.path("stages")) {
            // the last detail said is the one that explains
            String said =
                    entry.path("detail").isTextual() ? entry.path("detail").asText() : "";
            detail = said.isEmpty() ? detail : said;
        }
        return new StudyState(
                Stage.of(study.path("stage").asText()), study.path("revision").asInt(), detail);
    }

    /** The study's newest report as the list shows it; empty when there is none. */
    public Optional<JsonNode> report(String studyInstanceUid) throws IOException, InterruptedException {
        return Optional.ofNullable(first(reportJson("/api/reports?studyInstanceUid=" + encoded(studyInstanceUid))));
    }

    /** A report as text. */
    public String reportText(String reportKey) throws IOException, InterruptedException {
        return get(report.resolve("/api/reports/" + reportKey), "text/plain");
    }

    /** Any resource of the report API as JSON. */
    public JsonNode reportJson(String path) throws IOException, InterruptedException {
        return EventJson.mapper().readTree(get(report.resolve(path), "application/json"));
    }

    /** Any resource of ingest as JSON. */
    public JsonNode ingestJson(String path) throws IOException, InterruptedException {
        return EventJson.mapper().readTree(get(ingest.resolve(path), "application/json"));
    }

    private String get(URI uri, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(LIMIT)
                .header("Accept", accept)
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() != 200) {
            throw new IOException("GET " + uri.getPath() + " was answered " + response.statusCode());
        }
        return response.body();
    }

    /** The first entry of a page: the page is the list itself, or holds one. */
    private static JsonNode first(JsonNode page) {
        JsonNode list = page;
        if (page.isObject()) {
            for (JsonNode field : page) {
                if (field.isArray()) {
                    list = field;
                    break;
                }
            }
        }
        return list.isArray() && !list.isEmpty() ? list.get(0) : null;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
