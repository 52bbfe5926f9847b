package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** "US or SS" and its kin, where implicit VR leaves the choice to the reader. */
class DependentTest {
    private static final int ZERO_VELOCITY = 0x00189810;

    private static DataSet implicit(Bytes bytes) throws IOException {
        return DataSetReader.read(
                new ByteArrayInputStream(bytes.array()), TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT);
    }

    @Test
    void withoutPixelRepresentationItIsUnsigned() throws IOException {
        DataSet read = implicit(Bytes.of().hex("2800 2001 02000000 ffff"));

        assertThat(read.element(Tag.PIXEL_PADDING_VALUE).vr()).isEqualTo(VR.US);
        assertThat(read.integer(Tag.PIXEL_PADDING_VALUE, 0)).isEqualTo(65535);
    }

    @Test
    void pixelRepresentationDecidesWhereverItStands() throws IOException {
        DataSet read = implicit(Bytes.of()
                .hex("1800 1098 02000000 ffff") // Zero Velocity Pixel Value, before
                .hex("2800 0301 02000000 0100") // Pixel Representation
                .hex("2800 2001 02000000 ffff")); // Pixel Padding Value, after

        assertThat(read.element(ZERO_VELOCITY).vr()).isEqualTo(VR.SS);
        assertThat(read.integer(ZERO_VELOCITY, 0)).isEqualTo(-1);
        assertThat(read.integer(Tag.PIXEL_PADDING_VALUE, 0)).isEqualTo(-1);
    }

    @Test
    void ofALutDescriptorInAnItemOnlyTheSecondValueIsSigned() throws IOException {
        DataSet read = implicit(Bytes.of()
                .hex("2800 0301 02000000 0100") // Pixel Representation of the image
                .hex("2800 0030 16000000") // Modality LUT Sequence
                .hex("feff 00e0 0e000000")
                .hex("2800 0230 06000000 00f0 00ff 1000")); // 61440 entries from -256, 16 bits

        DataSet item = read.items(Tag.MODALITY_LUT_SEQUENCE).get(0);

        assertThat(item.element(Tag.LUT_DESCRIPTOR).vr()).isEqualTo(VR.SS);
        assertThat(item.strings(Tag.LUT_DESCRIPTOR)).containsExactly("61440", "-256", "16");
    }

    @Test
    void theWireIsBelieved() {
        DataSet dataSet = new DataSet()
                .putInteger(Tag.PIXEL_REPRESENTATION, 1)
                .putBytes(Tag.PIXEL_PADDING_VALUE, VR.US, new byte[] {-1, -1});

        assertThat(dataSet.integer(Tag.PIXEL_PADDING_VALUE, 0)).isEqualTo(65535);
    }

    @Test
    void whatUnknownHidesIsResolvedWhenAskedFor() {
        DataSet dataSet = new DataSet()
                .putInteger(Tag.PIXEL_REPRESENTATION, 1)
                .putBytes(Tag.PIXEL_PADDING_VALUE, VR.UN, new byte[] {-1, -1});

        assertThat(dataSet.integer(Tag.PIXEL_PADDING_VALUE, 0)).isEqualTo(-1);
        assertThat(dataSet.putInteger(Tag.SMALLEST_IMAGE_PIXEL_VALUE, -5)
                        .element(Tag.SMALLEST_IMAGE_PIXEL_VALUE)
                        .vr())
                .isEqualTo(VR.SS);
    }
}
