package io.prelim.inference.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Finding.ImageReference;
import io.prelim.inference.fixture.Grids;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class NiftiMaskTest {
    private static final int SIDE = 64;

    @Test
    void aFileThatWouldBeTooLargeIsNotMade() {
        byte[] noise = new byte[SIDE * SIDE * SIDE];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt(2);
        }
        VoxelGrid grid = Grids.cube(SIDE, SIDE, 1);
        int length = NiftiMask.of(grid, slices(SIDE), noise, 1).orElseThrow().length;

        // a bit a voxel at least
        assertThat(length).isGreaterThan(noise.length / 8);
        assertThat(NiftiMask.of(grid, slices(SIDE), noise, 1, length)).isPresent();
        assertThat(NiftiMask.of(grid, slices(SIDE), noise, 1, length - 1)).isEmpty();
        assertThat(NiftiMask.of(grid, slices(SIDE), noise, 1, 0)).isEmpty();
    }

    @Test
    void aVolumeOfTooManyVoxelsHasNone() {
        VoxelGrid grid = Grids.cube(1, Short.MAX_VALUE + 1, 1);

        assertThat(NiftiMask.of(grid, List.of(), new byte[Short.MAX_VALUE + 1], 1))
                .isEmpty();
    }

    @Test
    void theImagesOfItsSlicesAreToldInDicom() throws Exception {
        VoxelGrid grid = Grids.cube(4, 3, 1);
        byte[] labels = new byte[48];
        labels[17] = 1;

        byte[] file = new GZIPInputStream(new ByteArrayInputStream(
                        NiftiMask.of(grid, slices(3), labels, 1).orElseThrow()))
                .readAllBytes();

        ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = header.getInt(352);
        assertThat(file[348]).isEqualTo((byte) 1);
        assertThat(length % 16).isZero();
        assertThat(header.getInt(356)).as("code of DICOM").isEqualTo(2);
        assertThat(header.getFloat(108)).isEqualTo(352 + length);
        assertThat(file).hasSize(352 + length + 48);
        DataSet sources = DataSetReader.read(
                new ByteArrayInputStream(file, 360, length - 8),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
                ReadLimits.DEFAULT.strict());
        assertThat(sources.contains(Tag.FRAME_OF_REFERENCE_UID)).as("not known").isFalse();
        assertThat(sources.items(Tag.SOURCE_IMAGE_SEQUENCE))
                .extracting(item -> item.string(Tag.REFERENCED_SOP_INSTANCE_UID))
                .containsExactly("1.2.0", "1.2.1", "1.2.2");
        assertThat(sources.items(Tag.SOURCE_IMAGE_SEQUENCE).get(2).decimals(Tag.IMAGE_POSITION_PATIENT))
                .containsExactly(0.0, 0.0, 2.0);
    }

    private static List<ImageReference> slices(int depth) {
        return IntStream.range(0, depth)
                .mapToObj(k -> new ImageReference("1.2." + k, "1.2.840.10008.5.1.4.1.1.2", 1, "1.2"))
                .toList();
    }
}
