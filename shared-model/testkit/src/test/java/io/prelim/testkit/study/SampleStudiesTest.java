package io.prelim.testkit.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.testkit.peers.Peers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleStudiesTest {
    @TempDir
    Path folder;

    @Test
    void samplesAreSixStudiesAndSevenObjectsWithIdentifiersOfTheirOwn() throws IOException {
        SampleStudies.write(folder);

        Set<String> studies = new HashSet<>();
        Set<String> instances = new HashSet<>();
        for (Path file : files()) {
            DataSet object = read(file).dataSet();
            assertThat(Uid.isValid(object.string(Tag.STUDY_INSTANCE_UID))).isTrue();
            assertThat(Uid.isValid(object.string(Tag.SOP_INSTANCE_UID))).isTrue();
            studies.add(object.string(Tag.STUDY_INSTANCE_UID));
            instances.add(object.string(Tag.SOP_INSTANCE_UID));
        }
        assertThat(studies).hasSize(6);
        assertThat(instances).hasSize(7);
    }

    @Test
    void everySampleSaysThatItIsSynthetic() throws IOException {
        SampleStudies.write(folder);

        for (Path file : files()) {
            DataSet object = read(file).dataSet();
            assertThat(object.string(Tag.STUDY_DESCRIPTION)).startsWith("SYNTHETIC");
            assertThat(object.string(Tag.PATIENT_NAME)).startsWith("SYNTHETIC^");
            assertThat(object.string(Tag.PATIENT_COMMENTS)).startsWith("SYNTHETIC");
            assertThat(object.string(Tag.IMAGE_COMMENTS)).startsWith("SYNTHETIC");
        }
    }

    @Test
    void patientsAreOneToFiveYearsOldAsTheModelExpects() throws IOException {
        SampleStudies.write(folder);

        for (Path file : files()) {
            DataSet object = read(file).dataSet();
            int age = Integer.parseInt(object.string(Tag.PATIENT_AGE).substring(0, 3));
            assertThat(age).isBetween(1, 5);
            assertThat(object.string(Tag.PATIENT_BIRTH_DATE)).startsWith(Integer.toString(2026 - age));
        }
    }

    @Test
    void samplesWrittenTwiceAreTheSameBytes() throws IOException {
        SampleStudies.write(folder.resolve("once"));
        SampleStudies.write(folder.resolve("again"));

        for (Path file : files(folder.resolve("once"))) {
            Path again = folder.resolve("again").resolve(folder.resolve("once").relativize(file));
            assertThat(Files.mismatch(file, again)).as(file.toString()).isEqualTo(-1);
        }
    }

    @Test
    @org.junit.jupiter.api.Tag("full")
    void dciodvfyFindsNoErrorInWhatIsMeantToBeValid() throws IOException, InterruptedException {
        Path dciodvfy = Peers.require("dciodvfy", "dicom3tools");
        StudyGenerator generator = new StudyGenerator("validated");
        SampleStudies.write(folder.resolve("samples"));
        SampleStudies.write(generator.computedTomography(2), folder.resolve("ct"));
        SampleStudies.write(List.of(generator.textReport()), folder.resolve("sr"));

        List<String> errors = new ArrayList<>();
        for (Path file : files()) {
            Process process = new ProcessBuilder(dciodvfy.toString(), file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(said).isZero();
            said.lines()
                    .filter(line -> line.startsWith("Error"))
                    .map(line -> folder.relativize(file) + ": " + line)
                    .forEach(errors::add);
        }

        assertThat(errors).isEmpty();
    }

    private List<Path> files() throws IOException {
        return files(folder);
    }

    private static List<Path> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static DicomFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return DicomFile.read(in, ReadLimits.DEFAULT.strict());
        }
    }
}
