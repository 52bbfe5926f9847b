package io.prelim.local;

import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.object.DataSet;
import io.prelim.local.progress.PrelimApi;
import io.prelim.local.progress.Stage;
import io.prelim.local.stack.Backing;
import io.prelim.local.stack.Part;
import io.prelim.local.stack.Ports;
import io.prelim.local.stack.Secrets;
import io.prelim.local.stack.Stack;
import io.prelim.local.stack.StackSettings;
import io.prelim.local.study.Sent;
import io.prelim.local.study.StudyFinder;
import io.prelim.local.study.StudySender;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.study.SampleStudies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** The three services as real processes on the build's broker and database; the end-to-end tests share one, started by the first. */
final class LiveStack {
    static final Path ROOT =
            Path.of(System.getProperty("prelim.root", "../..")).toAbsolutePath().normalize();
    private static final Duration DRAFT_LIMIT = Duration.ofSeconds(60);
    private static LiveStack shared;

    private final Stack stack;
    private final Path folder;
    private final PrelimApi api;

    private LiveStack(Stack stack, Path folder) {
        this.stack = stack;
        this.folder = folder;
        this.api = new PrelimApi(stack.url(Part.INGEST), stack.url(Part.REPORT));
    }

    static synchronized LiveStack shared() {
        if (shared == null) {
            try {
                LiveStack started = create(BuildHost.get().bootstrapServers());
                started.stack.settings().backing().createTopics();
                started.stack.start();
                shared = started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return shared;
    }

    /** Not started; closed when the tests' process ends, if not before. Logs stay below {@code target}. */
    static LiveStack create(String bootstrapServers) throws IOException {
        return create(bootstrapServers, UnaryOperator.identity());
    }

    /** @param more changes how the services are started */
    static LiveStack create(String bootstrapServers, UnaryOperator<StackSettings> more) throws IOException {
        String prefix = "e2e" + UUID.randomUUID().toString().substring(0, 8) + ".";
        BuildHost host = BuildHost.get();
        return create(
                new Backing(bootstrapServers, prefix, host.createDatabase("ingest"), host.createDatabase("report")),
                more);
    }

    /** The same on another broker and other databases. */
    static LiveStack create(Backing backing) throws IOException {
        return create(backing, UnaryOperator.identity());
    }

    private static LiveStack create(Backing backing, UnaryOperator<StackSettings> more) throws IOException {
        Path target = ROOT.resolve("deploy/local/target/it");
        Files.createDirectories(target);
        Path folder = Files.createTempDirectory(target, "stack-");
        Stack stack = new Stack(more.apply(new StackSettings(
                ROOT,
                folder,
                Ports.free(),
                backing,
                Secrets.open(folder.resolve("secrets.properties")),
                Duration.ofSeconds(1))));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        return new LiveStack(stack, folder);
    }

    Stack stack() {
        return stack;
    }

    PrelimApi api() {
        return api;
    }

    /** A new folder for files of one test. */
    Path newFolder() throws IOException {
        return Files.createTempDirectory(folder, "files-");
    }

    StudySender sender(String calledAeTitle) {
        return new StudySender(ClientSettings.of("127.0.0.1", stack.dicomPort(), "TESTER", calledAeTitle));
    }

    /** Sends objects of one study over one association. */
    Sent send(List<DataSet> objects) throws IOException {
        Path files = SampleStudies.write(objects, newFolder());
        return sender("PRELIM").send(StudyFinder.find(List.of(files)).studies().get(0));
    }

    void awaitStage(String studyInstanceUid, Stage stage) {
        Awaitility.await("study " + studyInstanceUid + " " + stage.words())
                .atMost(DRAFT_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> api.study(studyInstanceUid).stage() == stage);
    }

    /** The text of the study's only report, once it is drafted. */
    String draftedText(String studyInstanceUid) throws IOException, InterruptedException {
        awaitStage(studyInstanceUid, Stage.DRAFTED);
        return api.reportText(reportKey(studyInstanceUid));
    }

    String reportKey(String studyInstanceUid) throws IOException, InterruptedException {
        return api.report(studyInstanceUid).orElseThrow().path("reportKey").asText();
    }
}
