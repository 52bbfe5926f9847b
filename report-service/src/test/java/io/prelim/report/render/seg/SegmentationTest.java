package io.prelim.report.render.seg;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.BuiltIn;
import io.prelim.report.Masks;
import io.prelim.report.Studies;
import io.prelim.report.draft.Certainty;
import io.prelim.report.draft.Drafter;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.Facts;
import io.prelim.report.draft.Wording;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.sr.StructuredReport;
import io.prelim.report.store.Digests;
import io.prelim.testkit.peers.Peers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mask is as a Segmentation, as we read it and as pydicom, DCMTK and dicom3tools do. */
class SegmentationTest {
    private static final ModelReference BRAIN = Studies.active("brain-volumes");
    private static final String FRAME_OF_REFERENCE = "2.25.4711";

    private final Studies study = Studies.study("1.2.3");

    @TempDir
    Path folder;

    /** Odd sides, so that frames begin in the middle of a byte. */
    @ParameterizedTest
    @CsvSource({"7,5,6", "16,16,2", "13,9,1", "1,1,1"})
    void everyPixelIsThatOfTheMask(int columns, int rows, int slices) throws IOException {
        byte[] voxels = Masks.voxels(columns, rows, slices);
        voxels[0] = 3;

        DataSet object = written(columns, rows, slices, voxels, FRAME_OF_REFERENCE);

        byte[] read = new byte[voxels.length];
        byte[] bits = object.bytes(Tag.PIXEL_DATA);
        List<DataSet> frames = object.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        assertThat(object.integer(Tag.NUMBER_OF_FRAMES, 0))
                .isEqualTo(frames.size())
                .isEqualTo((slices + 1) / 2);
        int size = columns * rows;
        for (int frame = 0; frame < frames.size(); frame++) {
            String source = frames.get(frame)
                    .item(Tag.DERIVATION_IMAGE_SEQUENCE)
                    .item(Tag.SOURCE_IMAGE_SEQUENCE)
                    .string(Tag.REFERENCED_SOP_INSTANCE_UID);
            int slice = Integer.parseInt(source.substring("1.2.3.1.".length())) - 1;
            for (int pixel = 0; pixel < size; pixel++) {
                int bit = frame * size + pixel;
                read[slice * size + pixel] = (byte) ((bits[bit / 8] >> bit % 8 & 1) * 3);
            }
            assertThat(frames.get(frame).item(Tag.PLANE_POSITION_SEQUENCE).decimals(Tag.IMAGE_POSITION_PATIENT))
                    .containsExactly(-100.25, 12.5, -40.0 + 3 * slice);
        }
        assertThat(read).isEqualTo(voxels);
    }

    @Test
    void itSaysWhatWasFoundByWhichModelInWhichImages() throws IOException {
        DataSet object = written(7, 5, 6, Masks.voxels(7, 5, 6), FRAME_OF_REFERENCE);

        assertThat(object.string(Tag.SOP_CLASS_UID)).isEqualTo(Uid.SEGMENTATION_STORAGE);
        assertThat(object.string(Tag.SERIES_INSTANCE_UID)).isEqualTo(Segmentation.series(study.reportKey()));
        assertThat(object.string(Tag.PATIENT_ID)).isEqualTo(Studies.ID);
        assertThat(object.string(Tag.FRAME_OF_REFERENCE_UID)).isEqualTo(FRAME_OF_REFERENCE);
        DataSet segment = object.item(Tag.SEGMENT_SEQUENCE);
        assertThat(segment.string(Tag.SEGMENT_ALGORITHM_TYPE)).isEqualTo("AUTOMATIC");
        assertThat(segment.string(Tag.SEGMENT_ALGORITHM_NAME)).isEqualTo("brain-volumes 1.0.0");
        assertThat(segment.item(Tag.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE)
                        .string(Tag.ALGORITHM_PARAMETERS))
                .contains(BRAIN.modelDigest(), BRAIN.manifestDigest());
        assertThat(segment.item(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).string(Tag.CODE_VALUE))
                .isEqualTo("50960005");
        assertThat(segment.string(Tag.TRACKING_UID))
                .isEqualTo(Uid.of(finding(new byte[0]).findingId()));
        assertThat(object.item(Tag.REFERENCED_SERIES_SEQUENCE).items(Tag.REFERENCED_INSTANCE_SEQUENCE))
                .extracting(each -> each.string(Tag.REFERENCED_SOP_INSTANCE_UID))
                .containsExactly("1.2.3.1.1", "1.2.3.1.3", "1.2.3.1.5");
    }

    @Test
    void withoutAFrameOfReferenceNoneIsMadeUp() throws IOException {
        DataSet object = written(7, 5, 6, Masks.voxels(7, 5, 6), null);

        assertThat(object.contains(Tag.FRAME_OF_REFERENCE_UID)).isFalse();
        assertThat(object.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE))
                .noneMatch(frame -> frame.contains(Tag.PLANE_POSITION_SEQUENCE))
                .allMatch(frame -> frame.contains(Tag.DERIVATION_IMAGE_SEQUENCE));
    }

    @Test
    void theSameMaskGivesTheSameBytes() throws IOException {
        byte[] voxels = Masks.voxels(7, 5, 6);
        byte[] mask = Masks.nifti(study.uid(), FRAME_OF_REFERENCE, 7, 5, 6, voxels);

        assertThat(file(mask)).isEqualTo(file(mask));
    }

    @Test
    void whatSaysNotWhatItIsOfIsNoMask() throws IOException {
        byte[] whole = new GZIPInputStream(
                        new ByteArrayInputStream(Masks.nifti(study.uid(), null, 7, 5, 6, Masks.voxels(7, 5, 6))))
                .readAllBytes();
        byte[] without = whole.clone();
        without[348] = 0;
        byte[] another = whole.clone();
        another[46] = 5;
        byte[] large = whole.clone();
        large[43] = 0x7F;
        large[45] = 0x7F;
        byte[] endless = whole.clone();
        endless[355] = 0x7F;
        for (byte[] other : List.of(without, another, large, endless, Arrays.copyOf(whole, 200), new byte[0])) {
            assertThat(Mask.open(new ByteArrayInputStream(gzip(other)))).isEmpty();
        }
        Mask shortened = Mask.open(new ByteArrayInputStream(gzip(Arrays.copyOf(whole, whole.length - 1))))
                .orElseThrow();
        assertThatThrownBy(() -> Segmentation.of(view(new byte[1]), evidence(new byte[1]), shortened))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReportRefersToTheSegment() throws IOException {
        ReportView view = view(new byte[1]);
        UUID finding = evidence(new byte[1]).findingId();
        String instance = Segmentation.instance(study.reportKey(), 1, finding);

        DataSet document = StructuredReport.of(
                        view,
                        null,
                        Map.of(
                                finding,
                                new StructuredReport.Segment(
                                        Segmentation.series(study.reportKey()), instance, study.uid() + ".1")))
                .dataSet();

        List<DataSet> items = items(document);
        DataSet segment = items.stream()
                .filter(item -> named(item, "121191"))
                .findFirst()
                .orElseThrow()
                .item(Tag.REFERENCED_SOP_SEQUENCE);
        assertThat(segment.string(Tag.REFERENCED_SOP_INSTANCE_UID)).isEqualTo(instance);
        assertThat(segment.integer(Tag.REFERENCED_SEGMENT_NUMBER, 0)).isEqualTo(1);
        assertThat(items.stream().filter(item -> named(item, "121232")).map(item -> item.string(Tag.UID)))
                .containsExactly(study.uid() + ".1");
        assertThat(document.item(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE)
                        .items(Tag.REFERENCED_SERIES_SEQUENCE))
                .extracting(series -> series.string(Tag.SERIES_INSTANCE_UID))
                .contains(Segmentation.series(study.reportKey()));
    }

    @Test
    @org.junit.jupiter.api.Tag("full")
    void othersFindNoErrorInAReportThatRefersToASegment() throws Exception {
        Path dciodvfy = Peers.require("dciodvfy", "dicom3tools");
        Path dsrdump = Peers.require("dsrdump", "dcmtk");
        UUID finding = evidence(new byte[1]).findingId();
        String instance = Segmentation.instance(study.reportKey(), 1, finding);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StructuredReport.of(
                        view(new byte[1]),
                        null,
                        Map.of(
                                finding,
                                new StructuredReport.Segment(
                                        Segmentation.series(study.reportKey()), instance, study.uid() + ".1")))
                .write(out);
        Path file = Files.write(folder.resolve("report.dcm"), out.toByteArray());

        String said = run(List.of(dciodvfy.toString(), file.toString()));
        assertThat(said.lines().filter(line -> line.startsWith("Error")))
                .as(said)
                .isEmpty();
        assertThat(run(List.of(dsrdump.toString(), "--print-long-values", "--print-instance-uid", file.toString())))
                .contains("Referenced Segment", instance);
    }

    @ParameterizedTest
    @CsvSource({"7,5,6,true", "13,9,1,true", "16,16,3,false"})
    @org.junit.jupiter.api.Tag("full")
    void othersFindNoErrorAndReadTheSamePixels(int columns, int rows, int slices, boolean placed) throws Exception {
        Path dciodvfy = Peers.require("dciodvfy", "dicom3tools");
        Path pydicom = Peers.requireFile(Path.of("/usr/lib/python3/dist-packages/pydicom"), "python3-pydicom");
        byte[] voxels = Masks.voxels(columns, rows, slices);
        byte[] mask = Masks.nifti(study.uid(), placed ? FRAME_OF_REFERENCE : null, columns, rows, slices, voxels);
        Path file = Files.write(folder.resolve("mask.dcm"), file(mask));
        assertThat(pydicom).exists();

        String said = run(List.of(dciodvfy.toString(), file.toString()));
        assertThat(said.lines().filter(line -> line.startsWith("Error")))
                .as(said)
                .isEmpty();
        String read = run(List.of("/usr/bin/python3", "-c", """
                import sys, pydicom, numpy
                seg = pydicom.dcmread(sys.argv[1])
                frames = seg.pixel_array.reshape(-1, seg.Rows, seg.Columns)
                volume = numpy.zeros((int(sys.argv[2]), seg.Rows, seg.Columns), numpy.uint8)
                for frame, group in zip(frames, seg.PerFrameFunctionalGroupsSequence):
                    source = group.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
                    volume[int(source.split('.')[-1]) - 1] = frame * 3
                print(volume.tobytes().hex())
                """, file.toString(), Integer.toString(slices)));

        assertThat(read.strip()).isEqualTo(HexFormat.of().formatHex(voxels));
    }

    private DataSet written(int columns, int rows, int slices, byte[] voxels, String frameOfReference)
            throws IOException {
        byte[] mask = Masks.nifti(study.uid(), frameOfReference, columns, rows, slices, voxels);
        return DicomFile.read(new ByteArrayInputStream(file(mask)), ReadLimits.DEFAULT.strict())
                .dataSet();
    }

    private byte[] file(byte[] mask) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Segmentation.of(
                        view(mask),
                        evidence(mask),
                        Mask.open(new ByteArrayInputStream(mask)).orElseThrow())
                .write(out);
        return out.toByteArray();
    }

    private Finding finding(byte[] mask) {
        return study.finding(BRAIN, "mass", new Code("SCT", "50960005", "Haemorrhage"), 1, 0.5)
                .withEvidence(new PartReference(
                        UUID.nameUUIDFromBytes(mask), PartClass.EVIDENCE, mask.length, Digests.sha256(mask)));
    }

    private Evidence.OfFinding evidence(byte[] mask) {
        return view(mask).findings().get(0);
    }

    private ReportView view(byte[] mask) {
        StudyAnalyzed outcome = study.outcome(BRAIN, StudyAnalyzed.Status.FINDINGS, List.of(finding(mask)), null);
        Map<UUID, StudyAnalyzed> outcomes = new HashMap<>(Map.of(outcome.outcomeId(), outcome));
        Facts facts =
                Facts.at(T0, study.plan(FAR, BRAIN), study.received(), study.context(), "sha256:x", outcomes, Set.of());
        return ReportView.of(
                study.reportKey(),
                1,
                17,
                ReportChanged.Status.DRAFT,
                T0,
                new Drafter(Wording.in(Locale.ENGLISH), Certainty.standard()).draft(facts, BuiltIn.general()),
                study.context(),
                List.of());
    }

    private static boolean named(DataSet item, String code) {
        return item.items(Tag.CONCEPT_NAME_CODE_SEQUENCE).stream()
                .anyMatch(name -> code.equals(name.string(Tag.CODE_VALUE)));
    }

    private static List<DataSet> items(DataSet item) {
        List<DataSet> all = new ArrayList<>();
        item.items(Tag.CONTENT_SEQUENCE).forEach(child -> {
            all.add(child);
            all.addAll(items(child));
        });
        return all;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
