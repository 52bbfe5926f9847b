package io.prelim.inference.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.prelim.events.Finding;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.Finding.Measurement;
import io.prelim.events.Finding.Presence;
import io.prelim.events.Ids;
import io.prelim.inference.fixture.Grids;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.BadPackage;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.PackageReader;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentInterpreterTest {
    private static final UUID OUTCOME = UUID.randomUUID();
    private static final int SIDE = 4;

    @TempDir
    Path folder;

    private ModelManifest manifest;

    @BeforeEach
    void declared() throws BadPackage {
        manifest = read(TestPackages.segmenter("bright_uint8", "labels"));
    }

    @Test
    void whereNoMaskIsWantedNoneIsMade() throws Exception {
        Answer.Findings answer = (Answer.Findings)
                SegmentInterpreter.interpret(manifest, OUTCOME, List.of(volume("a", 0.5, 21, 22, 37)), false);

        assertThat(answer.evidence()).isEmpty();
        assertThat(answer.findings().get(0).evidence()).isNull();
        assertThat(answer.findings().get(0).measurements())
                .extracting(Measurement::value)
                .containsExactly(1.5);
    }

    @Test
    void aVolumeIsInMillilitresAndPresentFromItsLimit() throws Exception {
        // of 0.5 mL each
        Finding three = findings(volume("a", 0.5, 21, 22, 37)).get(0);
        Finding two = findings(volume("a", 0.5, 21, 22)).get(0);

        assertThat(three.findingId()).isEqualTo(Ids.finding(OUTCOME, "volume"));
        assertThat(three.measurements()).extracting(Measurement::value).containsExactly(1.5);
        assertThat(three.measurements().get(0).unit()).isEqualTo("mL");
        assertThat(three.measurements().get(0).code().value()).isEqualTo("118565006");
        assertThat(three.presence()).isEqualTo(Presence.PRESENT);
        assertThat(three.urgent()).isTrue();
        assertThat(three.probability()).isEqualTo(1);
        assertThat(three.calibration()).isEqualTo("none");
        assertThat(two.presence()).isEqualTo(Presence.ABSENT);
        assertThat(two.urgent()).isFalse();
        assertThat(two.probability()).isZero();
        assertThat(two.rawScore()).isCloseTo(1, within(1e-12));
    }

    @Test
    void partsOfTheLeastVolumeAreCounted() throws Exception {
        // 0.25 mL a voxel: parts of two voxels count, single ones do not
        Finding finding = findings(volume("a", 0.25, 0, 1, 15, 62, 63)).get(1);

        assertThat(finding.measurements().get(0).value()).isEqualTo(2);
        assertThat(finding.measurements().get(0).unit()).isEqualTo("1");
        assertThat(finding.presence()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void theSliceWithTheMostTheFirstAndTheLastAreNamed() throws Exception {
        assertThat(uids(findings(volume("a", 1, 1, 17, 18, 33, 50)).get(0))).containsExactly("a.1", "a.0", "a.3");
        assertThat(uids(findings(volume("a", 1, 40)).get(0))).containsExactly("a.2");
    }

    @Test
    void whatIsNotThereNamesTheMiddleAndHasNoMask() throws Exception {
        Answer.Findings answer = answer(volume("a", 1));

        assertThat(uids(answer.findings().get(0))).containsExactly("a.2");
        assertThat(answer.findings().get(0).measurements().get(0).value()).isZero();
        assertThat(answer.findings()).extracting(Finding::evidence).containsOnlyNulls();
        assertThat(answer.evidence()).isEmpty();
    }

    @Test
    void eachFindingHasItsMask() throws Exception {
        Answer.Findings answer = answer(volume("a", 1, 3, 60));

        assertThat(answer.evidence()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(answer.findings().get(i).evidence())
                    .isEqualTo(answer.evidence().get(i).reference());
            assertThat(answer.evidence().get(i).reference().partId())
                    .isEqualTo(Ids.evidence(answer.findings().get(i).findingId()));
            assertThat(answer.evidence().get(i).mediaType()).isEqualTo("application/vnd.nifti+gzip");
        }
        byte[] mask = new GZIPInputStream(
                        new ByteArrayInputStream(answer.evidence().get(0).bytes()))
                .readAllBytes();
        // the voxels are its last bytes
        assertThat(mask[mask.length - 64 + 3]).isEqualTo((byte) 1);
        assertThat(mask[mask.length - 64 + 60]).isEqualTo((byte) 1);
        assertThat(answer(volume("a", 1, 3, 60)).evidence().get(0).reference())
                .as("done again")
                .isEqualTo(answer.evidence().get(0).reference());
    }

    @Test
    void ofSeveralVolumesTheLargestMeasureCounts() throws Exception {
        SegmentedVolume large = volume("large", 1, 0, 1, 2, 3);
        SegmentedVolume many = volume("many", 1, 0, 63);

        List<Finding> findings = findings(many, large);

        assertThat(findings.get(0).measurements().get(0).value()).isEqualTo(4);
        assertThat(uids(findings.get(0))).containsExactly("large.0");
        assertThat(findings.get(1).measurements().get(0).value()).isEqualTo(2);
        assertThat(uids(findings.get(1))).containsExactly("many.0", "many.3");
    }

    @Test
    void volumesOutOfScopeAreLeftOut() throws Exception {
        manifest = read(
                TestPackages.segmenter("bright_uint8", "labels")
                        .replace(
                                "outputs:",
                                "outputs:\n  scope: { name: far, threshold: 1, direction: accept-below, reason: \"no head\" }"));
        SegmentedVolume near = scoped(volume("near", 1, 0), 1);
        SegmentedVolume far = scoped(volume("far", 1, 0, 1), 2);

        assertThat(findings(far, near).get(0).measurements().get(0).value()).isEqualTo(1);
        assertThat(interpret(far)).isInstanceOf(Answer.NotApplicable.class);
        assertThat(((Answer.Failed) interpret(scoped(near, Float.NaN))).reason().code())
                .isEqualTo("output-not-finite");
    }

    @Test
    void whatIsNoLabelIsSaid() {
        float[] labels = new float[64];
        labels[5] = 0.5f;

        UnreadableOutput refused = catchThrowableOfType(
                UnreadableOutput.class,
                () -> SegmentedVolume.of(
                        manifest.outputs().segmentation().orElseThrow(),
                        List.of(),
                        Grids.cube(SIDE, SIDE, 1),
                        Map.of("bright_uint8", labels)));

        assertThat(refused.reason().code()).isEqualTo("output-no-label");
        assertThat(refused.reason().text()).contains("bright_uint8");
    }

    private ModelManifest read(String text) throws BadPackage {
        return PackageReader.read(TestPackages.write(folder, "voxels.onnx", text, null))
                .manifest();
    }

    private Answer interpret(SegmentedVolume... volumes) {
        return SegmentInterpreter.interpret(manifest, OUTCOME, List.of(volumes), true);
    }

    private Answer.Findings answer(SegmentedVolume... volumes) {
        return (Answer.Findings) interpret(volumes);
    }

    private List<Finding> findings(SegmentedVolume... volumes) {
        return answer(volumes).findings();
    }

    private static List<String> uids(Finding finding) {
        return finding.images().stream().map(ImageReference::sopInstanceUid).toList();
    }

    /** Of 4 × 4 × 4 voxels, with label 1 at these places. */
    private static SegmentedVolume volume(String name, double millilitres, int... places) {
        byte[] labels = new byte[SIDE * SIDE * SIDE];
        Arrays.fill(labels, (byte) 0);
        for (int place : places) {
            labels[place] = 1;
        }
        return volume(name, SIDE, SIDE, millilitres, labels);
    }

    private static SegmentedVolume volume(String name, int side, int depth, double millilitres, byte[] labels) {
        List<ImageReference> slices = new ArrayList<>();
        for (int k = 0; k < depth; k++) {
            slices.add(new ImageReference(name + "." + k, "1.2", 1));
        }
        return new SegmentedVolume(slices, Grids.cube(side, depth, millilitres), labels, Map.of());
    }

    private static SegmentedVolume scoped(SegmentedVolume volume, float distance) {
        return new SegmentedVolume(
                volume.slices(), volume.grid(), volume.labels(), Map.of("far", new float[] {distance}));
    }
}
