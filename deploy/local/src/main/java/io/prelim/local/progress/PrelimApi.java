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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        JsonNode study = ingestJson("/api/studies?studyInstanceUid=" + encoded(studyInstanceUid))
                .path("studies")
                .path(0);
        if (study.isMissingNode()) {
            return StudyState.UNSEEN;
        }
        List<StudyState.Entry> entries = new ArrayList<>();
        for (JsonNode entry : study.path("stages")) {
            entries.add(new StudyState.Entry(
                    Stage.of(entry.path("stage").asText()),
                    Instant.parse(entry.path("at").asText()),
                    entry.path("detail").isTextual() ? entry.path("detail").asText() : ""));
        }
        return new StudyState(
                Stage.of(study.path("stage").asText()), study.path("revision").asInt(), entries);
    }

    /** The study's newest report as the list shows it; empty when there is none. */
    public Optional<JsonNode> report(String studyInstanceUid) throws IOException, InterruptedException {
        JsonNode page = reportJson("/api/reports?studyInstanceUid=" + encoded(studyInstanceUid));
        return Optional.of(page.path("reports").path(0)).filter(JsonNode::isObject);
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

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
