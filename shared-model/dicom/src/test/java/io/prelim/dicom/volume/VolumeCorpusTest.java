package io.prelim.dicom.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.Corpus;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each series of the corpus, folder by folder: what it is, and the numbers of those that are stacks, worked out from their values by hand. */
@org.junit.jupiter.api.Tag("full")
class VolumeCorpusTest {
    private static final String CT_OF_FIVE = "1.3.6.1.4.1.5962.1.1.0.0.0.1194734704.16302.0.6";
    private static final String CT_OF_FOUR = "1.3.6.1.4.1.5962.1.1.0.0.0.1196530851.28319.0.2";
    private static final String PROJECTIONS = "1.3.6.1.4.1.5962.1.1.0.0.0.1196533885.18148.0.118";
    private static final String THREE_LOCALISERS = "1.3.6.1.4.1.5962.1.1.0.0.0.1196533885.18148.0.136";
    private static final String ENHANCED_MR = "2.16.756.5.5.100.397184556.7220.1373578035.1";
    private static final String ENHANCED_CT = "1.3.6.1.4.1.5962.1.3.10.3.1166562673.14401";
    private static final String ONE_SLICE_OVER_TIME = "1.3.6.1.4.1.5962.1.3.5000.3.1166546115.14677.11";
    private static final String SEGMENTATION = "1.2.826.0.1.3680043.10.511.3.80444451612581703766393849041349930";
    private static final String CORONAL_PAIR = "1.113654.5.14.1035";

    @Test
    void fiveSlicesOfCtOverTwoAcquisitions() throws IOException {
        Volume volume = (Volume) judge("dicomdir", CT_OF_FIVE, 3);

        // z from -1.2375 to 8.7625 by 2.5
        assertThat(volume.slices()).hasSize(5);
        assertThat(volume.sliceSpacing()).isCloseTo(2.5, within(1e-9));
        assertThat(volume.rowSpacing()).isEqualTo(0.488281);
        assertThat(volume.columnSpacing()).isEqualTo(0.488281);
        assertThat(volume.origin()).isEqualTo(new Vector3(-72.199997, -143, -1.2375));
        assertThat(volume.normal()).isEqualTo(new Vector3(0, 0, 1));
        Vector3 last = volume.position(15, 15, 4);
        assertThat(last.minus(new Vector3(-72.199997 + 15 * 0.488281, -143 + 15 * 0.488281, 8.7625))
                        .length())
                .isLessThan(1e-9);
    }

    @Test
    void fourSlicesOfCtOfWhichOneIsFarAway() throws IOException {
        NotAVolume.Gaps answer = (NotAVolume.Gaps) judge("dicomdir", CT_OF_FOUR, 3);

        // z = -99.480003, 103.019997, 104.269997, 105.519997
        assertThat(answer.median()).isCloseTo(1.25, within(1e-9));
        assertThat(answer.gaps()).hasSize(1);
        assertThat(answer.gaps().get(0).after()).isZero();
        assertThat(answer.gaps().get(0).mm()).isCloseTo(202.5, within(1e-9));
        assertThat(answer.gaps().get(0).ratio()).isCloseTo(162, within(1e-6));
    }

    @Test
    void projectionsAboutTheBody() throws IOException {
        NotAVolume.Radial answer = (NotAVolume.Radial) judge("dicomdir", PROJECTIONS, 3);

        // their columns' direction, which all have in common
        assertThat(answer.orientations()).isEqualTo(7);
        assertThat(Math.abs(answer.axis().dot(new Vector3(-1.33901e-3, 6.14239e-3, -1))))
                .isCloseTo(1, within(1e-4));
    }

    @Test
    void threeLocalisers() throws IOException {
        NotAVolume.OrientationsDiffer answer = (NotAVolume.OrientationsDiffer) judge("dicomdir", THREE_LOCALISERS, 3);

        assertThat(answer.orientations()).isEqualTo(3);
        assertThat(answer.others()).hasSize(2);
    }

    @Test
    void twoCoronalImages() throws IOException {
        assertThat(judge("valid", CORONAL_PAIR, 3)).isEqualTo(new NotAVolume.TooFewSlices(2, 2, 3));
        Volume volume = (Volume) judge("valid", CORONAL_PAIR, 2);

        // y = -5.992188 and -1.992184
        assertThat(volume.sliceSpacing()).isCloseTo(4.000004, within(1e-9));
        assertThat(volume.normal()).isEqualTo(new Vector3(0, 1, 0));
    }

    @Test
    void anEnhancedMr() throws IOException {
        Volume volume = (Volume) judge("malformed_real", ENHANCED_MR, 3);

        // z from -6.2 to -3.2 by 1
        assertThat(volume.slices()).hasSize(4);
        assertThat(volume.rows()).isEqualTo(128);
        assertThat(volume.columns()).isEqualTo(256);
        assertThat(volume.rowSpacing()).isEqualTo(0.2);
        assertThat(volume.columnSpacing()).isEqualTo(0.1);
        assertThat(volume.sliceSpacing()).isCloseTo(1, within(1e-9));
    }

    @Test
    void anEnhancedCtWhoseNormalLooksToTheFeet() throws IOException {
        Map<String, List<DataSet>> series = series("valid");
        // the file was encoded in several ways: one of them
        Stacking answer = Stacking.of(Plane.of(series.get(ENHANCED_CT).get(0)), 2);
        Volume volume = (Volume) answer;

        // z = -149 and -159, rows go to the right: the slice index grows downwards
        assertThat(volume.normal()).isEqualTo(new Vector3(0, 0, -1));
        assertThat(volume.sliceSpacing()).isCloseTo(10, within(1e-9));
        assertThat(volume.slices().stream().map(SliceReference::frame)).containsExactly(2, 1);
        assertThat(volume.origin()).isEqualTo(new Vector3(99.5, -301.5, -149));
    }

    @Test
    void oneSliceOverTime() throws IOException {
        assertThat(judge("valid", ONE_SLICE_OVER_TIME, 3)).isEqualTo(new NotAVolume.TooFewSlices(19, 1, 3));
    }

    @Test
    void aSegmentation() throws IOException {
        Volume volume = (Volume) judge("valid", SEGMENTATION, 3);

        // z from 103.019997 to 105.519997 by 1.25
        assertThat(volume.slices()).hasSize(3);
        assertThat(volume.sliceSpacing()).isCloseTo(1.25, within(1e-9));
    }

    @Test
    void everySeriesGetsAnAnswer() throws IOException {
        Map<String, Integer> answers = new TreeMap<>();
        int all = 0;
        for (String folder : List.of("charset", "dicomdir", "malformed_real", "valid")) {
            for (List<DataSet> headers : series(folder).values()) {
                all++;
                Stacking answer = judge(headers, 3);
                answers.merge(answer.getClass().getSimpleName(), 1, Integer::sum);
                if (answer instanceof Volume volume) {
                    assertSlicesLieWhereTheirHeadersSay(volume, headers);
                }
            }
        }
        System.out.println("series of the corpus: " + all + ", " + answers);

        assertThat(answers).containsKeys("Volume", "TooFewSlices", "Gaps", "Radial", "OrientationsDiffer");
    }

    private static void assertSlicesLieWhereTheirHeadersSay(Volume volume, List<DataSet> headers) {
        assertThat(volume.slices()).doesNotHaveDuplicates();
        for (int slice = 0; slice < volume.slices().size(); slice++) {
            SliceReference reference = volume.slices().get(slice);
            DataSet header = headers.stream()
                    .filter(any -> reference.sopInstanceUid().equals(any.string(Tag.SOP_INSTANCE_UID)))
                    .findFirst()
                    .orElseThrow();
            List<DataSet> frames = header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
            DataSet place = frames.isEmpty()
                    ? header
                    : frames.get(reference.frame() - 1)
                            .items(Tag.PLANE_POSITION_SEQUENCE)
                            .get(0);
            List<Double> at = place.decimals(Tag.IMAGE_POSITION_PATIENT);
            Vector3 position = volume.position(0, 0, slice);
            assertThat(new double[] {position.x(), position.y(), position.z()})
                    .as("%s of %d slices", reference, volume.slices().size())
                    .containsExactly(new double[] {at.get(0), at.get(1), at.get(2)}, within(1e-3));
        }
    }

    private static Stacking judge(String folder, String series, int least) throws IOException {
        return judge(series(folder).get(series), least);
    }

    private static Stacking judge(List<DataSet> headers, int least) {
        return Stacking.of(
                headers.stream().flatMap(header -> Plane.of(header).stream()).toList(), least);
    }

    /** Objects by their series, those without one each for itself. */
    private static Map<String, List<DataSet>> series(String folder) throws IOException {
        Map<String, List<DataSet>> series = new LinkedHashMap<>();
        for (Path path : Corpus.files(folder)) {
            try (InputStream in = Files.newInputStream(path)) {
                DataSet dataSet = DicomFile.read(in, ReadLimits.DEFAULT).dataSet();
                String uid = dataSet.string(Tag.SERIES_INSTANCE_UID);
                series.computeIfAbsent(uid == null ? path.toString() : uid, any -> new ArrayList<>())
                        .add(dataSet);
            } catch (MalformedInput e) {
                // no object: nothing to stack
            }
        }
        return series;
    }
}
