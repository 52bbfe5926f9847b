package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.object.DataSet;
import io.prelim.local.stack.Ports;
import io.prelim.testkit.peers.Peers;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.study.SampleStudies;
import io.prelim.testkit.study.StudyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** DCMTK against the running services, with the lines the README gives. */
@Tag("full")
class PeersIT {
    private static final String DCMTK = "dcmtk";

    @Test
    void echoscuAndStorescuAreServed() throws Exception {
        Path echoscu = Peers.require("echoscu", DCMTK);
        Path storescu = Peers.require("storescu", DCMTK);
        LiveStack live = LiveStack.shared();
        StudyGenerator study = new StudyGenerator(UUID.randomUUID().toString());
        DataSet image = study.radiograph(SyntheticRadiograph.load(), SyntheticRadiograph.SAMPLES.get(3), 1, 512, 420);
        Path file = SampleStudies.write(List.of(image), live.newFolder()).resolve("1.dcm");
        String port = Integer.toString(live.stack().dicomPort());

        run(echoscu.toString(), "-aec", "PRELIM", "localhost", port);
        run(storescu.toString(), "-aec", "PRELIM", "localhost", port, file.toString());

        assertThat(live.draftedText(study.studyInstanceUid())).contains("chest-pneumonia-paediatric");
    }

    @Test
    void unknownAeTitleIsRejectedWithItsReason() throws Exception {
        Path echoscu = Peers.require("echoscu", DCMTK);
        LiveStack live = LiveStack.shared();

        Process process = new ProcessBuilder(
                        echoscu.toString(),
                        "-v",
                        "-aec",
                        "SOMEBODY",
                        "localhost",
                        Integer.toString(live.stack().dicomPort()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).isNotZero();
        assertThat(said).contains("Called AE Title Not Recognized");
    }

    @Test
    void realRadiographsWrappedByDcmtkGoThroughTheRunnerToDrafts() throws Exception {
        Path img2dcm = Peers.require("img2dcm", DCMTK);
        Path dcmdjpeg = Peers.require("dcmdjpeg", DCMTK);
        Path images = Peers.requireData("cxr/kermany_original");
        Path folder = Files.createTempDirectory(
                Files.createDirectories(LiveStack.ROOT.resolve("deploy/local/target/it")), "real-");
        Path wrapped = Files.createDirectories(folder.resolve("dicom"));
        List<Path> jpegs = jpegs(images);
        for (int i = 0; i < jpegs.size(); i++) {
            Path lossy = folder.resolve("lossy-" + i + ".dcm");
            run(
                    img2dcm.toString(),
                    "--no-checks",
                    "-k",
                    "Modality=CR",
                    "-k",
                    "BodyPartExamined=CHEST",
                    "-k",
                    "PatientName=TEST^PUBLIC DATA",
                    jpegs.get(i).toString(),
                    lossy.toString());
            run(
                    dcmdjpeg.toString(),
                    lossy.toString(),
                    wrapped.resolve(i + ".dcm").toString());
        }

        try (RunnerProcess runner = RunnerProcess.start(folder, Ports.free(), wrapped.toString())) {
            assertThat(runner.await()).as(runner.said()).isZero();
            assertThat(runner.said()).contains(jpegs.size() + " of " + jpegs.size() + " studies drafted.");
            assertThat(runner.said()).contains("233604007");
        }
    }

    /** Some of each kind. */
    private static List<Path> jpegs(Path images) throws IOException {
        try (Stream<Path> all = Files.walk(images)) {
            List<Path> found = all.filter(path -> path.toString().matches(".*\\.jpe?g"))
                    .sorted()
                    .toList();
            List<Path> some = new ArrayList<>();
            for (int i = 0; i < found.size(); i += Math.max(1, found.size() / 8)) {
                some.add(found.get(i));
            }
            return some;
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + said)
                .isZero();
    }
}
