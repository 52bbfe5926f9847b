package io.prelim.local.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.testkit.study.SampleStudies;
import io.prelim.testkit.study.StudyGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyFinderTest {
    @TempDir
    Path folder;

    @Test
    void objectsAreSortedByStudyAndOtherFilesInFoldersAreSkipped() throws IOException {
        StudyGenerator first = new StudyGenerator("first");
        StudyGenerator second = new StudyGenerator("second");
        SampleStudies.write(first.computedTomography(2), folder.resolve("a"));
        SampleStudies.write(List.of(second.textReport()), folder.resolve("a/deeper"));
        Path notes = Files.writeString(folder.resolve("a/notes.txt"), "notes");

        Found found = StudyFinder.find(List.of(folder.resolve("a"), folder.resolve("a/1.dcm")));

        assertThat(found.studies())
                .extracting(Study::studyInstanceUid, study -> study.objects().size(), Study::images)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(first.studyInstanceUid(), 2, 2),
                        org.assertj.core.groups.Tuple.tuple(second.studyInstanceUid(), 1, 0));
        assertThat(found.skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.file()).isEqualTo(notes);
            assertThat(skipped.asked()).isFalse();
            assertThat(skipped.why()).startsWith("no DICOM object");
        });
    }

    @Test
    void fileNamedByItselfThatIsNoObjectWasAskedFor() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.dcm"));

        Found found = StudyFinder.find(List.of(empty));

        assertThat(found.studies()).isEmpty();
        assertThat(found.skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.asked()).isTrue());
    }

    @Test
    void theBytesSentAreTheDataSetOfTheFile() throws IOException {
        DataSet slice = new StudyGenerator("bytes").computedTomography(1).get(0);
        Path file = SampleStudies.write(List.of(slice), folder).resolve("1.dcm");

        StudyObject object = StudyObject.read(file);

        assertThat(object.sopClassUid()).isEqualTo(Uid.CT_IMAGE_STORAGE);
        assertThat(object.syntax()).isEqualTo(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        assertThat(object.offset()).isPositive();
        assertThat(bytes(object)).isEqualTo(encoded(slice, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));
    }

    @Test
    void deflatedFileIsReadWholeAndSentDeflated() throws IOException {
        DataSet slice = new StudyGenerator("deflated").computedTomography(1).get(0);
        TransferSyntax deflated = TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN;
        Path file = folder.resolve("deflated.dcm");
        try (var out = Files.newOutputStream(file)) {
            DicomFile.of(slice, deflated).write(out);
        }

        StudyObject object = StudyObject.read(file);

        assertThat(object.syntax()).isEqualTo(deflated);
        try (InputStream in = object.open()) {
            DataSet read = DataSetReader.read(in, deflated, ReadLimits.DEFAULT);
            assertThat(encoded(read, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN))
                    .isEqualTo(encoded(slice, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));
        }
    }

    private static byte[] bytes(StudyObject object) throws IOException {
        try (InputStream in = object.open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] encoded(DataSet dataSet, TransferSyntax syntax) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataSetWriter.write(dataSet, syntax, out);
        return out.toByteArray();
    }
}
