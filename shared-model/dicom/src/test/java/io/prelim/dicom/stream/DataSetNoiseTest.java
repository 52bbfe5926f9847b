package io.prelim.dicom.stream;

import static io.prelim.dicom.syntax.TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
import static io.prelim.dicom.syntax.TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, they are read or refused by type. */
class DataSetNoiseTest {
    @Test
    void noiseIsReadOrRefusedAndNothingElse() throws Exception {
        byte[] whole = Bytes.of()
                .hex("0800 6000")
                .text("CS")
                .hex("0200")
                .text("CT")
                .hex("0800 3210")
                .text("SQ")
                .hex("0000 ffffffff feff 00e0 0a000000")
                .hex("0800 0001")
                .text("SH")
                .hex("0200")
                .text("A ")
                .hex("feff dde0 00000000")
                .hex("2800 1000")
                .text("US")
                .hex("0200 0001")
                .hex("e07f 1000")
                .text("OB")
                .hex("0000 ffffffff feff 00e0 02000000 0102 feff dde0 00000000")
                .array();
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] noise = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            }
            TransferSyntax syntax = i % 2 == 0 ? EXPLICIT_VR_LITTLE_ENDIAN : IMPLICIT_VR_LITTLE_ENDIAN;
            try {
                DataSet dataSet = DataSetReader.read(new ByteArrayInputStream(noise), syntax, ReadLimits.DEFAULT);
                dataSet.elements().forEach(element -> dataSet.strings(element.tag()));
                DataSetWriter.write(dataSet, syntax, new ByteArrayOutputStream());
            } catch (MalformedInput e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 29_000);
    }
}
