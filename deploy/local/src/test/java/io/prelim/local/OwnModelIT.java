package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.events.EventJson;
import io.prelim.local.progress.Stage;
import io.prelim.local.progress.StudyState;
import io.prelim.local.stack.Part;
import io.prelim.local.stack.StackSettings;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.study.StudyGenerator;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README of deploy/models, done as it says with a network of somebody else's, on services that run: from an ONNX file to a report. */
class OwnModelIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String MODEL = "your-model";
    private static final String SECOND = "second-model";
    private static final String DEPLOYMENT = "your-model-1-0-0";

    @TempDir
    Path packages;

    private LiveStack live;

    @BeforeEach
    void start() throws Exception {
        for (String program : List.of("curl", "openssl")) {
            Assumptions.assumeTrue(
                    Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                    () -> "skipped: no " + program + ", which the scripts of deploy/models call");
        }
        live = LiveStack.create(BuildHost.get().bootstrapServers(), this::withPackages);
        live.stack().settings().backing().createTopics();
        live.stack().start();
    }

    @AfterEach
    void stop() {
        if (live != null) {
            live.stack().close();
        }
    }

    private StackSettings withPackages(StackSettings settings) {
        return settings.with(Part.INFERENCE, "prelim.inference.packages", packages.toString())
                .with(Part.INFERENCE, "prelim.inference.packages-interval", "PT1S");
    }

    @Test
    void whatTheReadmeSaysMakesAnOnnxFileDraft() throws Exception {
        assertThat(models().path("models")).isEmpty();

        Path folder = Files.createDirectory(packages.resolve(MODEL));
        Path network = Path.of("src", "test", "models", "nodule.onnx");
        Files.copy(network, folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("card.yaml"), yaml("clearance:"));
        Files.writeString(
                folder.resolve("manifest.yaml"), yaml("schema:").replace("sha256: 0000", "sha256: " + sha256(network)));
        JsonNode model = awaitInService();
        assertThat(model.path("whyResearch").asText()).isNotBlank();
        assertThat(run("sign", folder.toString()))
                .isEqualTo(model.path("packageDigest").asText());

        StudyGenerator study = new StudyGenerator(UUID.randomUUID().toString());
        live.send(
                List.of(study.radiograph(SyntheticRadiograph.load(), SyntheticRadiograph.SAMPLES.get(0), 1, 512, 420)));
        assertThat(live.draftedText(study.studyInstanceUid()))
                .contains("Consistent with solitary nodule of lung", "SCT 427359005", MODEL)
                .contains("Research use only");
        assertThat(run("explain", study.studyInstanceUid())).contains(DEPLOYMENT + " must answer");

        live.send(study.computedTomography(1));
        Awaitility.await("the revision with what came late is drafted")
                .atMost(SOON)
                .until(() -> {
                    StudyState state = live.api().study(study.studyInstanceUid());
                    return state.revision() == 2 && state.stage() == Stage.DRAFTED;
                });
        assertThat(run("explain", study.studyInstanceUid())).contains(DEPLOYMENT + " has answered for these images");
        assertThat(live.draftedText(study.studyInstanceUid()))
                .contains("study revision 2", "Consistent with solitary nodule of lung");
        assertThat(jobs(MODEL)).as("jobs of the model, for two revisions").isEqualTo(1);

        Path second = Files.createDirectory(packages.resolve(SECOND));
        for (String file : List.of("model.onnx", "manifest.yaml", "card.yaml")) {
            Files.copy(folder.resolve(file), second.resolve(file));
        }
        Path manifest = second.resolve("manifest.yaml");
        Files.writeString(manifest, Files.readString(manifest).replace("id: " + MODEL, "id: " + SECOND));
        Awaitility.await("a second model is in service")
                .atMost(SOON)
                .until(() -> models().path("models").size() == 2);
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        String[] command = {SECOND + "-1-0-0", "--since", "2026-01-01", "--until", today};
        assertThat(jobs(SECOND)).as("jobs that come by themselves").isZero();
        Awaitility.await("the second model has answered the study of the past")
                .atMost(SOON)
                .until(() -> run("backfill", command).contains("\"answered\":1"));
        assertThat(jobs(SECOND)).isEqualTo(1);
        assertThat(jobs(MODEL)).isEqualTo(1);
        assertThat(run("explain", study.studyInstanceUid()))
                .contains(MODEL + "-1-0-0 has answered for these images", SECOND + "-1-0-0 must answer");

        delete(second);
        delete(folder);
        Awaitility.await("the model is retired")
                .atMost(SOON)
                .until(() ->
                        models().path("retired").findValuesAsText("deployment").contains(DEPLOYMENT));
        assertThat(models().path("models")).isEmpty();
    }

    private JsonNode awaitInService() {
        Awaitility.await("the model is in service").atMost(SOON).until(() -> {
            assertThat(models().path("refused").findValuesAsText("reason")).isEmpty();
            return !models().path("models").isEmpty();
        });
        return models().path("models").get(0);
    }

    /** Jobs that the model's worker has answered. */
    private double jobs(String model) {
        return inference("/q/metrics")
                .lines()
                .filter(line ->
                        line.startsWith("prelim_inference_jobs_total") && line.contains("\"" + model + "-1-0-0\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private JsonNode models() {
        try {
            return EventJson.mapper().readTree(inference("/api/models"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String inference(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(live.stack().url(Part.INFERENCE) + path))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The README's block that begins so. */
    private static String yaml(String beginning) throws IOException {
        String readme = Files.readString(LiveStack.ROOT.resolve("deploy/models/README.md"));
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    /** What a script of deploy/models prints. */
    private String run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of(LiveStack.ROOT.resolve("deploy/models").resolve(script).toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder command = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().put("PRELIM_INGEST", live.stack().url(Part.INGEST).toString());
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static void delete(Path folder) throws IOException {
        for (String file : List.of("model.onnx", "manifest.yaml", "card.yaml")) {
            Files.delete(folder.resolve(file));
        }
        Files.delete(folder);
    }
}
