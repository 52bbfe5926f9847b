package io.prelim.report.render.sr;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.events.ReportChanged.Status;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.Reports;
import io.prelim.testkit.peers.Peers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes documents back, as we read it and as DCMTK and dicom3tools do. */
class RejectionNoteTest {
    private static final List<StructuredReport.Version> REJECTED = List.of(
            new StructuredReport.Version(3, Status.DRAFT),
            new StructuredReport.Version(4, Status.REVIEWED),
            new StructuredReport.Version(5, Status.SIGNED));

    private final ReportView report =
            Reports.view(6, Status.RETRACTED, Locale.ENGLISH, Reports.STUDY.context(), Reports.measured(Reports.LUNG));

    @TempDir
    Path folder;

    @Test
    void itNamesEachDocumentInItsSeriesAndWhoTookThemBack() throws IOException {
        DataSet note = DicomFile.read(new ByteArrayInputStream(bytes()), ReadLimits.DEFAULT)
                .dataSet();

        assertThat(note.string(Tag.SOP_CLASS_UID)).isEqualTo(Uid.KEY_OBJECT_SELECTION_STORAGE);
        assertThat(note.string(Tag.MODALITY)).isEqualTo("KO");
        assertThat(note.string(Tag.SOP_INSTANCE_UID)).isEqualTo(StructuredReport.instance(report.reportKey(), 6));
        // the title that ingest and archives go by
        DataSet title = note.item(Tag.CONCEPT_NAME_CODE_SEQUENCE);
        assertThat(title.string(Tag.CODE_VALUE)).isEqualTo("113037");
        assertThat(title.string(Tag.CODING_SCHEME_DESIGNATOR)).isEqualTo("DCM");
        DataSet study = note.item(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE);
        assertThat(study.string(Tag.STUDY_INSTANCE_UID)).isEqualTo(report.studyInstanceUid());
        List<List<String>> bySeries = study.items(Tag.REFERENCED_SERIES_SEQUENCE).stream()
                .map(series -> series.items(Tag.REFERENCED_SOP_SEQUENCE).stream()
                        .map(sop -> sop.string(Tag.REFERENCED_SOP_INSTANCE_UID))
                        .toList())
                .toList();
        assertThat(bySeries).containsExactly(List.of(instance(3), instance(4)), List.of(instance(5)));
        assertThat(note.items(Tag.CONTENT_SEQUENCE).stream()
                        .filter(item -> "COMPOSITE".equals(item.string(Tag.VALUE_TYPE)))
                        .map(item -> item.item(Tag.REFERENCED_SOP_SEQUENCE).string(Tag.REFERENCED_SOP_INSTANCE_UID)))
                .containsExactly(instance(3), instance(4), instance(5));
        assertThat(note.items(Tag.CONTENT_SEQUENCE))
                .extracting(item -> item.string(Tag.PERSON_NAME))
                .contains(Reports.READER)
                .doesNotContain(Reports.SECOND);
        assertThat(note.items(Tag.PREDECESSOR_DOCUMENTS_SEQUENCE)).isEmpty();
    }

    @Test
    @org.junit.jupiter.api.Tag("full")
    void othersReadItAndFindNoError() throws Exception {
        Path file = Files.write(folder.resolve("note.dcm"), bytes());

        String said = run(Peers.require("dciodvfy", "dicom3tools"), file);
        assertThat(said.lines().filter(line -> line.startsWith("Error")))
                .as(said)
                .isEmpty();
        String dumped = run(Peers.require("dsrdump", "dcmtk"), file, "--print-instance-uid", "--print-long-values");
        assertThat(dumped)
                .contains("Key Object Selection Document", "Rejected for Patient Safety Reasons", instance(5));
        assertThat(dumped.lines().filter(line -> line.startsWith("W:") || line.startsWith("E:")))
                .as(dumped)
                .allMatch(line -> line.contains("The VR checker does not support")
                        || line.contains("Check for template constraints not yet supported"));
    }

    private String instance(int version) {
        return StructuredReport.instance(report.reportKey(), version);
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RejectionNote.of(report, REJECTED).write(out);
        return out.toByteArray();
    }

    private static String run(Path program, Path file, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(options));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
