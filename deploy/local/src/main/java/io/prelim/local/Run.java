package io.prelim.local;

import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.local.progress.Board;
import io.prelim.local.progress.Follower;
import io.prelim.local.progress.PrelimApi;
import io.prelim.local.progress.Stage;
import io.prelim.local.stack.Backing;
import io.prelim.local.stack.Part;
import io.prelim.local.stack.Port;
import io.prelim.local.stack.Ports;
import io.prelim.local.stack.Refusal;
import io.prelim.local.stack.Secrets;
import io.prelim.local.stack.Stack;
import io.prelim.local.stack.StackSettings;
import io.prelim.local.stack.StartFailure;
import io.prelim.local.study.Found;
import io.prelim.local.study.Sent;
import io.prelim.local.study.Study;
import io.prelim.local.study.StudyFinder;
import io.prelim.local.study.StudySender;
import io.prelim.testkit.host.Database;
import io.prelim.testkit.host.HostProcess;
import io.prelim.testkit.study.SampleStudies;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run: start, send, follow, print. Stopping is the {@link Session}'s. */
final class Run {
    private static final String AE_TITLE = "PRELIM";
    private static final Duration QUIET_PERIOD = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 100;
    /** More studies than this do not fit a terminal: they are shown as in a log. */
    private static final int LINES = 20;

    private final Options options;
    private final Map<String, String> environment;
    private final Path root;
    private final boolean terminal;
    private final Session session;
    private final PrintStream out;
    private final PrintStream err;
    private final long begun = System.nanoTime();
    private boolean failed;

    Run(
            Options options,
            Map<String, String> environment,
            Path root,
            boolean terminal,
            Session session,
            PrintStream out,
            PrintStream err) {
        this.options = options;
        this.environment = environment;
        this.root = root;
        this.terminal = terminal;
        this.session = session;
        this.out = out;
        this.err = err;
    }

    /** @return 0 when every study has a draft, else 1 */
    int run() throws IOException, InterruptedException, Refusal {
        Ports ports = Ports.from(environment);
        Duration patience = patience();
        Found found = StudyFinder.find(options.paths());
        tellSkipped(found);
        if (!options.paths().isEmpty() && found.studies().isEmpty() && !options.stay()) {
            err.println("deploy/local/run: no DICOM object was found, nothing to send");
            return 1;
        }
        ports.requireFree();
        WorkFolder folder = WorkFolder.open(options.state());
        session.folder(folder);
        try {
            Stack stack = start(folder, ports);
            if (options.samples()) {
                found = StudyFinder.find(
                        List.of(SampleStudies.write(folder.path().resolve("samples"))));
            }
            for (Part part : Part.values()) {
                stack.awaitReady(part);
            }
            out.printf(Locale.ROOT, "Started in %.1f s.%n", sinceStart().toMillis() / 1000.0);
            follow(found, stack, patience);
            out.println("Reports API: " + stack.url(Part.REPORT) + "/api/reports"
                    + (options.stay() ? "" : "  (while it runs: --stay keeps it running)"));
            if (options.stay()) {
                out.println("Reading room: " + stack.url(Part.REPORT) + "/reading/");
                out.println("DICOMweb:    " + stack.url(Part.INGEST) + "/dicom-web" + "  Authorization: Bearer "
                        + stack.settings().secrets().get("dicom-web"));
                stay(stack);
            }
        } catch (StartFailure e) {
            folder.keepLogs();
            throw e;
        }
        if (failed) {
            folder.keepLogs();
            err.println("Logs: " + folder.path().resolve("logs"));
        }
        return failed ? 1 : 0;
    }

    private Stack start(WorkFolder folder, Ports ports) throws IOException, InterruptedException {
        out.println("Starting broker and database, then ingest, inference and report.");
        HostProcess host = host(folder.path().resolve("host"), ports);
        Secrets secrets = Secrets.open(folder.path().resolve("secrets.properties"));
        Backing backing = new Backing(
                host.bootstrapServers(),
                "prelim.",
                database(host, "prelim_ingest", secrets),
                database(host, "prelim_report", secrets));
        backing.createTopics();
        Stack stack = new Stack(new StackSettings(root, folder.path(), ports, backing, secrets, QUIET_PERIOD));
        session.stack(stack);
        for (Part part : Part.values()) {
            stack.begin(part);
        }
        return stack;
    }

    private static HostProcess host(Path directory, Ports ports) throws IOException, InterruptedException {
        try {
            return HostProcess.start(
                    directory,
                    ports.of(Port.KAFKA),
                    ports.of(Port.POSTGRES),
                    true,
                    ProcessHandle.current().pid());
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw new StartFailure(e.getMessage(), directory.resolve("host.log"));
        }
    }

    private static Database database(HostProcess host, String name, Secrets secrets) throws IOException {
        try {
            return Database.create(host.postgresPort(), name, secrets.get(name));
        } catch (SQLException e) {
            throw new IOException("database " + name + " could not be made: " + e.getMessage(), e);
        }
    }

    private void follow(Found found, Stack stack, Duration patience) throws IOException, InterruptedException {
        if (found.studies().isEmpty()) {
            return;
        }
        out.println("Sending " + count(found.studies().size(), "study", "studies") + " by C-STORE to " + AE_TITLE
                + " at 127.0.0.1:" + stack.dicomPort());
        StudySender sender = new StudySender(ClientSettings.of("127.0.0.1", stack.dicomPort(), "PRELIM_RUN", AE_TITLE));
        PrelimApi api = new PrelimApi(stack.url(Part.INGEST), stack.url(Part.REPORT));
        Board board = new Board(out, terminal && found.studies().size() <= LINES);
        Follower follower = new Follower(api, board);
        for (Study study : found.studies()) {
            int number = board.add(study.studyInstanceUid(), count(study.images(), "image", "images"));
            if (send(sender, study, number, board)) {
                follower.add(number, study.studyInstanceUid());
            }
            follower.poll();
        }
        while (!follower.poll() && follower.idle().compareTo(patience) < 0) {
            stack.requireAlive();
            Thread.sleep(POLL_MILLIS);
        }
        for (Follower.Outcome outcome : follower.outcomes()) {
            tell(outcome, api);
        }
        long drafted = follower.outcomes().stream()
                .filter(outcome -> outcome.state().stage() == Stage.DRAFTED)
                .count();
        out.println();
        out.println(drafted + " of " + count(found.studies().size(), "study", "studies") + " drafted.");
    }

    /** Whether anything of the study was stored. */
    private boolean send(StudySender sender, Study study, int number, Board board) {
        Sent sent;
        try {
            sent = sender.send(study);
        } catch (IOException e) {
            failed = true;
            board.note("study " + number + " could not be sent: " + e.getMessage());
            return false;
        }
        for (Sent.Refused refused : sent.refused()) {
            failed = true;
            board.note("study " + number + ": " + refused.file() + ": " + refused.why());
        }
        return sent.stored() > 0;
    }

    private void tell(Follower.Outcome outcome, PrelimApi api) throws IOException, InterruptedException {
        String uid = outcome.studyInstanceUid();
        if (outcome.state().stage() != Stage.DRAFTED) {
            failed = true;
            String detail = outcome.state().detail();
            err.println("study " + outcome.number() + " (" + uid + ") has no draft; it stands at: "
                    + outcome.state().stage().words() + (detail.isEmpty() ? "" : ", " + detail));
            return;
        }
        String key = api.report(uid)
                .map(report -> report.path("reportKey").asText())
                .orElseThrow(() -> new IOException("the report API has no report for study " + uid));
        out.println();
        out.print(api.reportText(key));
    }

    private void stay(Stack stack) throws IOException, InterruptedException {
        out.println("DICOM: storescu -aec " + AE_TITLE + " localhost " + stack.dicomPort() + " FILE...");
        out.println("Running until Ctrl-C.");
        session.staying(failed ? 1 : 0);
        while (true) {
            stack.requireAlive();
            Thread.sleep(1_000);
        }
    }

    private void tellSkipped(Found found) {
        for (Found.Skipped skipped : found.skipped()) {
            failed |= skipped.asked();
            err.println(
                    "deploy/local/run: " + (skipped.asked() ? "" : "skipped ") + skipped.file() + ": " + skipped.why());
        }
    }

    private Duration patience() throws Refusal {
        String text = environment.getOrDefault("PRELIM_STUDY_LIMIT", "120").trim();
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new Refusal("PRELIM_STUDY_LIMIT must be a number of seconds, not \"" + text + "\"");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
