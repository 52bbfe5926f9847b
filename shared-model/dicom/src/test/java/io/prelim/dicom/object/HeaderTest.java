package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An object is parted at its pixel data without a byte read too many. */
class HeaderTest {
    private static Header header(ByteArrayInputStream in, TransferSyntax syntax) throws IOException {
        return DataSetReader.readHeader(in, syntax, ReadLimits.DEFAULT);
    }

    @Test
    void nativePixelDataIsLeftInTheStream() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(Bytes.of()
                .hex("0800 6000")
                .text("CS")
                .hex("0200")
                .text("CT")
                .hex("e07f 1000")
                .text("OW")
                .hex("0000 04000000 01020304")
                .array());

        Header header = header(in, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);

        assertThat(header.dataSet().string(Tag.MODALITY)).isEqualTo("CT");
        assertThat(header.headerLength()).isEqualTo(10);
        assertThat(header.pixelData()).isEqualTo(new PixelData(VR.OW, 4, 22));
        assertThat(in.readAllBytes()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void encapsulatedPixelDataIsLeftFromItsFirstItem() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(Bytes.of()
                .hex("0800 6000")
                .text("CS")
                .hex("0200")
                .text("CT")
                .hex("e07f 1000")
                .text("OB")
                .hex("0000 ffffffff")
                .hex("feff 00e0 00000000 feff dde0 00000000")
                .array());

        Header header = header(in, TransferSyntax.of("1.2.840.10008.1.2.4.50"));

        assertThat(header.pixelData()).isEqualTo(new PixelData(VR.OB, -1, 22));
        assertThat(header.pixelData().encapsulated()).isTrue();
        assertThat(in.available()).isEqualTo(16);
    }

    @Test
    void anIconsPixelDataIsNotTheObjects() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(Bytes.of()
                .hex("8800 0002")
                .text("SQ")
                .hex("0000 ffffffff feff 00e0 ffffffff") // icon image sequence
                .hex("e07f 1000")
                .text("OW")
                .hex("0000 02000000 0102")
                .hex("feff 0de0 00000000 feff dde0 00000000")
                .array());

        Header header = header(in, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);

        assertThat(header.pixelData()).isNull();
        assertThat(header.headerLength()).isEqualTo(50);
        assertThat(header.dataSet().items(0x00880200).get(0).bytes(Tag.PIXEL_DATA))
                .containsExactly(1, 2);
    }

    @Test
    void aDeflatedObjectHasNoHeader() {
        assertThatThrownBy(() -> header(
                        new ByteArrayInputStream(new byte[0]), TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN))
                .isInstanceOf(MalformedInput.class);
    }
}
