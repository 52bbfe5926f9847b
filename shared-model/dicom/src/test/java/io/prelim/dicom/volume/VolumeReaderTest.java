package io.prelim.dicom.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.read.FrameReader;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A volume's values, slice by slice. */
class VolumeReaderTest {
    private static final int PIXELS = Series.ROWS * Series.COLUMNS;
    /** Stored samples and floats. */
    private static final long NEEDED = PIXELS * (2 + 4);

    private record Objects(Map<String, DataSet> images) implements VolumeReader.Images {
        static Objects of(List<DataSet> images) {
            return new Objects(images.stream()
                    .collect(Collectors.toMap(image -> image.string(Tag.SOP_INSTANCE_UID), image -> image)));
        }

        @Override
        public DataSet header(String sopInstanceUid) {
            return images.get(sopInstanceUid);
        }

        @Override
        public FrameReader frames(String sopInstanceUid) throws IOException {
            return FrameReader.of(
                    DicomFile.of(images.get(sopInstanceUid), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN),
                    PixelLimits.DEFAULT);
        }
    }

    /** Three slices from head to feet; the samples of image i are 1000 i, 1000 i + 1 and so on. */
    private static List<DataSet> series() {
        List<DataSet> images = Series.stack(3, Series.AXIAL, new Vector3(0, 0, 9), new Vector3(0, 0, -2));
        for (int i = 0; i < images.size(); i++) {
            images.get(i).putBytes(Tag.PIXEL_DATA, VR.OW, samples(1000 * i));
        }
        return images;
    }

    private static byte[] samples(int from) {
        ByteBuffer samples = ByteBuffer.allocate(2 * PIXELS).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < PIXELS; i++) {
            samples.putShort((short) (from + i));
        }
        return samples.array();
    }

    private static VolumeReader reader(List<DataSet> images, long maxBytes) {
        return new VolumeReader((Volume) Series.judge(images), Objects.of(images), maxBytes);
    }

    @Test
    void slicesGoAlongTheNormal() throws IOException {
        VolumeReader reader = reader(series(), NEEDED);

        assertThat(reader.values(0)).startsWith(2000, 2001).hasSize(PIXELS).endsWith(2000 + PIXELS - 1);
        assertThat(reader.values(2)).startsWith(0, 1).endsWith(PIXELS - 1);
        assertThat(reader.shorts(1)).startsWith((short) 1000, (short) 1001);
    }

    @Test
    void eachImageHasItsOwnRescale() throws IOException {
        List<DataSet> images = series();
        images.get(1).putDecimal(Tag.RESCALE_SLOPE, 2).putDecimal(Tag.RESCALE_INTERCEPT, -1024);
        images.get(2).putDecimal(Tag.RESCALE_SLOPE, 0.5).putDecimal(Tag.RESCALE_INTERCEPT, 0);
        VolumeReader reader = reader(images, NEEDED);

        assertThat(reader.values(0)).startsWith(1000f, 1000.5f, 1001f);
        assertThat(reader.values(1)).startsWith(976, 978);
        assertThat(reader.values(2)).startsWith(0, 1);
        // to the nearest, of two the even one
        assertThat(reader.shorts(0)).startsWith((short) 1000, (short) 1000, (short) 1001, (short) 1002);
    }

    @Test
    void anEnhancedFrameHasTheTransformOfItsGroups() throws IOException {
        DataSet[] frames = new DataSet[3];
        for (int i = 0; i < 3; i++) {
            frames[i] = new DataSet()
                    .putSequence(
                            Tag.PLANE_POSITION_SEQUENCE, new DataSet().putDecimal(Tag.IMAGE_POSITION_PATIENT, 0, 0, i))
                    .putSequence(
                            Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
                            new DataSet()
                                    .putDecimal(Tag.RESCALE_SLOPE, 1)
                                    .putDecimal(Tag.RESCALE_INTERCEPT, -10 * (i + 1)));
        }
        DataSet image = Series.image("1.2.0", Series.AXIAL, new Vector3(0, 0, 0));
        image.putSequence(
                        Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                        new DataSet()
                                .putSequence(Tag.PLANE_ORIENTATION_SEQUENCE, Series.copy(image))
                                .putSequence(Tag.PIXEL_MEASURES_SEQUENCE, Series.copy(image)))
                .putSequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, frames)
                .putInteger(Tag.NUMBER_OF_FRAMES, 3)
                .putBytes(
                        Tag.PIXEL_DATA,
                        VR.OW,
                        ByteBuffer.allocate(6 * PIXELS)
                                .put(samples(0))
                                .put(samples(100))
                                .put(samples(200))
                                .array());

        VolumeReader reader = reader(List.of(image), NEEDED);

        assertThat(reader.values(0)).startsWith(-10, -9);
        assertThat(reader.values(1)).startsWith(80, 81);
        assertThat(reader.values(2)).startsWith(170, 171);
    }

    @Test
    void memoryIsBounded() {
        assertThatThrownBy(() -> reader(series(), NEEDED - 1).values(0))
                .isInstanceOfSatisfying(MalformedInput.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.LIMIT);
                    assertThat(e.amount()).isEqualTo(NEEDED);
                });
    }

    @Test
    void whatSixteenBitsDoNotHoldIsRefused() throws IOException {
        List<DataSet> images = series();
        images.forEach(image -> image.putDecimal(Tag.RESCALE_SLOPE, 100));
        VolumeReader reader = reader(images, NEEDED);

        assertThat(reader.values(0)).startsWith(200_000);
        assertThatThrownBy(() -> reader.shorts(0))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED));
    }

    @Test
    void anImageThatChangedItsSizeSinceIsRefused() {
        List<DataSet> images = series();
        VolumeReader reader = reader(images, NEEDED);
        images.get(2).putInteger(Tag.ROWS, Series.COLUMNS).putInteger(Tag.COLUMNS, Series.ROWS);

        assertThatThrownBy(() -> reader.values(0))
                .isInstanceOfSatisfying(
                        MalformedInput.class, e -> assertThat(e.kind()).isEqualTo(Kind.STRUCTURE));
    }
}
