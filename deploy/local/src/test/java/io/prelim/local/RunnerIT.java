package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.local.stack.Port;
import io.prelim.local.stack.Ports;
import io.prelim.testkit.study.SampleStudies;
import io.prelim.testkit.study.StudyGenerator;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner as a process: what it says, how it exits, what it leaves behind. */
class RunnerIT {
    @TempDir
    Path folder;

    @Test
    void samplesAreDraftedPrintedAndEverythingStops() throws Exception {
        try (RunnerProcess runner = RunnerProcess.start(folder, Ports.free())) {
            assertThat(runner.await()).as(runner.said()).isZero();

            assertThat(runner.said())
                    .contains("6 of 6 studies drafted.")
                    .contains("received", "planned", "analysed", "drafted")
                    .contains("probability", "chest-pneumonia-paediatric", "/api/reports");
            assertThat(runner.alive()).isEmpty();
            assertThat(left()).as("temporary folders").isEmpty();
        }
    }

    @Test
    void stateIsFoundAgainAndWhatCannotBeDraftedIsNamed() throws Exception {
        String state = folder.resolve("state").toString();
        StudyGenerator study = new StudyGenerator("runner");
        Path ct = SampleStudies.write(study.computedTomography(1), folder.resolve("ct"));
        Path text = Files.writeString(folder.resolve("notes.txt"), "no DICOM object");
        Path report = SampleStudies.write(List.of(new StudyGenerator("report").textReport()), folder.resolve("sr"));
        try (RunnerProcess first =
                RunnerProcess.start(folder, Ports.free(), "--state", state, ct.toString(), text.toString())) {
            assertThat(first.await()).as(first.said()).isEqualTo(1);
            assertThat(first.said())
                    .contains("notes.txt")
                    .contains("no DICOM object")
                    .contains("1 of 1 study drafted.");
        }

        try (RunnerProcess second =
                RunnerProcess.start(folder, Ports.free(), "--state", state, ct.toString(), report.toString())) {
            assertThat(second.await()).as(second.said()).isEqualTo(1);
            assertThat(second.said())
                    .contains("1 of 2 studies drafted.")
                    .contains("not analysed")
                    .contains("no image with pixel data")
                    // its version may be another: what the first run ended too early to read is read now
                    .containsPattern("study 1 +drafted before");
            assertThat(second.alive()).isEmpty();
        }
    }

    @Test
    void signalWhileStartingLeavesNoProcess() throws Exception {
        try (RunnerProcess runner = RunnerProcess.start(folder, Ports.free(), "--stay", "--no-samples")) {
            Awaitility.await("broker and database are being started")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> runner.alive().size() > 1);

            runner.terminate();

            assertThat(runner.await()).isEqualTo(143);
            assertThat(runner.alive()).isEmpty();
            assertThat(left()).as("temporary folders").isEmpty();
        }
    }

    @Test
    void signalWhileStayingEndsEverythingAndIsNoFailure() throws Exception {
        try (RunnerProcess runner = RunnerProcess.start(folder, Ports.free(), "--stay", "--no-samples")) {
            Awaitility.await("the runner stays")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> runner.said().contains("Running until Ctrl-C."));

            runner.terminate();

            assertThat(runner.await()).isZero();
            assertThat(runner.alive()).isEmpty();
            assertThat(left()).as("temporary folders").isEmpty();
        }
    }

    @Test
    void portInUseIsNamedWithItsPurposeAndVariable() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var numbers = new java.util.EnumMap<Port, Integer>(Ports.free().numbers());
            numbers.put(Port.REPORT, taken.getLocalPort());
            try (RunnerProcess runner = RunnerProcess.start(folder, new Ports(numbers))) {
                assertThat(runner.await()).isEqualTo(2);
                assertThat(runner.said().lines())
                        .singleElement()
                        .satisfies(line -> assertThat(line)
                                .contains("port " + taken.getLocalPort(), "report API", "PRELIM_REPORT_PORT"));
                assertThat(runner.alive()).isEmpty();
            }
        }
    }

    @Test
    void helpListsEveryPortAndItsVariable() throws Exception {
        try (RunnerProcess runner = RunnerProcess.start(folder, Ports.free(), "--help")) {
            assertThat(runner.await()).isZero();
            for (Port port : Port.values()) {
                assertThat(runner.said()).containsPattern(port.variable() + " +" + port.standard() + " ");
            }
        }
    }

    @Test
    void missingPathIsOneClearLine() throws Exception {
        try (RunnerProcess runner = RunnerProcess.start(
                folder, Ports.free(), folder.resolve("missing").toString())) {
            assertThat(runner.await()).isEqualTo(2);
            assertThat(runner.said().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("deploy/local/run: there is no file or folder"));
        }
    }

    @Test
    void fileThatIsNoDicomObjectIsNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no DICOM object");
        try (RunnerProcess runner = RunnerProcess.start(folder, Ports.free(), text.toString())) {
            assertThat(runner.await()).isEqualTo(1);
            assertThat(runner.said()).contains("notes.txt: no DICOM object").contains("nothing to send");
        }
    }

    private List<Path> left() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().matches("prelim-[0-9]+"))
                    .toList();
        }
    }
}
