package io.prelim.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.encoding.Values;
import io.prelim.dicom.object.DataSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DICOM JSON as PS3.18 annex F has it. */
class DicomJsonWriterTest {
    private static String written(DataSet dataSet, BulkDataPolicy policy) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomJsonWriter.write(dataSet, out, policy);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String written(DataSet dataSet) throws IOException {
        return written(dataSet, BulkDataPolicy.INLINE);
    }

    @Test
    void textIsUtf8AndKeysAreUpperCaseTags() throws IOException {
        DataSet dataSet = new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 100")
                .putString(Tag.IMAGE_TYPE, "ORIGINAL", "", "AXIAL")
                .putString(Tag.SERIES_DESCRIPTION, "Schädel")
                .putString(Tag.ACCESSION_NUMBER, "");

        assertThat(written(dataSet))
                .isEqualTo("{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 100\"]},"
                        + "\"00080008\":{\"vr\":\"CS\",\"Value\":[\"ORIGINAL\",null,\"AXIAL\"]},"
                        + "\"00080050\":{\"vr\":\"SH\"},"
                        + "\"0008103E\":{\"vr\":\"LO\",\"Value\":[\"Schädel\"]}}");
    }

    @Test
    void personNamesAreTheirNonEmptyGroups() throws IOException {
        DataSet dataSet = new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
                .putString(Tag.PATIENT_NAME, "Yamada^Tarou=山田^太郎=やまだ^たろう")
                .putString(Tag.REFERRING_PHYSICIAN_NAME, "A^B", "=乙", "");

        assertThat(written(dataSet))
                .contains(
                        "\"00080090\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"A^B\"},{\"Ideographic\":\"乙\"},null]}")
                .contains("{\"Alphabetic\":\"Yamada^Tarou\",\"Ideographic\":\"山田^太郎\",\"Phonetic\":\"やまだ^たろう\"}");
    }

    @Test
    void decimalStringsAreNumbersWhereJsonHasThemAndTextElsewhere() throws IOException {
        DataSet dataSet = new DataSet()
                .putString(Tag.PIXEL_SPACING, "0.70", "+1")
                .putString(Tag.WINDOW_CENTER, "1.", ".5", "-0.5E+3", "abc")
                .putString(Tag.INSTANCE_NUMBER, "007")
                .putString(Tag.SERIES_NUMBER, "7");

        assertThat(written(dataSet))
                .contains("\"00280030\":{\"vr\":\"DS\",\"Value\":[0.70,\"+1\"]}")
                .contains("\"00281050\":{\"vr\":\"DS\",\"Value\":[\"1.\",\".5\",-0.5E+3,\"abc\"]}")
                .contains("\"00200013\":{\"vr\":\"IS\",\"Value\":[\"007\"]}")
                .contains("\"00200011\":{\"vr\":\"IS\",\"Value\":[7]}");
    }

    @Test
    void binaryNumbers() throws IOException {
        byte[] wide = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(9_007_199_254_740_991L)
                .putLong(-1)
                .array();
        DataSet dataSet = new DataSet()
                .putInteger(Tag.ROWS, 512)
                .putBytes(0x00720082, VR.SV, wide)
                .putBytes(0x00720083, VR.UV, wide)
                .putBytes(0x00720076, VR.FL, Values.floats(VR.FL, 0.1, Double.NaN))
                .putBytes(
                        0x00720074,
                        VR.FD,
                        Values.floats(VR.FD, 0.1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .putBytes(0x00720052, VR.AT, Values.integers(VR.AT, Tag.PIXEL_DATA));

        assertThat(written(dataSet))
                .contains("\"00280010\":{\"vr\":\"US\",\"Value\":[512]}")
                .contains("\"00720082\":{\"vr\":\"SV\",\"Value\":[9007199254740991,-1]}")
                .contains("\"00720083\":{\"vr\":\"UV\",\"Value\":[9007199254740991,\"18446744073709551615\"]}")
                .contains("\"00720076\":{\"vr\":\"FL\",\"Value\":[0.1,\"NaN\"]}")
                .contains("\"00720074\":{\"vr\":\"FD\",\"Value\":[0.1,\"Infinity\",\"-Infinity\"]}")
                .contains("\"00720052\":{\"vr\":\"AT\",\"Value\":[\"7FE00010\"]}");
    }

    @Test
    void sequencesAreArraysOfObjectsAndGroupLengthsAreLeftOut() throws IOException {
        DataSet dataSet = new DataSet()
                .putBytes(0x00080000, VR.UL, new byte[4])
                .putSequence(Tag.PROCEDURE_CODE_SEQUENCE, new DataSet().putString(Tag.CODE_VALUE, "A"), new DataSet())
                .putSequence(Tag.REFERENCED_STUDY_SEQUENCE);

        assertThat(written(dataSet))
                .isEqualTo("{\"00081032\":{\"vr\":\"SQ\",\"Value\":["
                        + "{\"00080100\":{\"vr\":\"SH\",\"Value\":[\"A\"]}},{}]},"
                        + "\"00081110\":{\"vr\":\"SQ\"}}");
    }

    @Test
    void bytesAreInlineUnlessThePolicyNamesAnotherPlace() throws IOException {
        DataSet item = new DataSet().putBytes(Tag.LUT_DATA, VR.OW, new byte[8]);
        DataSet dataSet = new DataSet()
                .putBytes(Tag.of(0x0009, 0x1001), VR.UN, new byte[] {1, 2, 3, 4})
                .putSequence(Tag.VOI_LUT_SEQUENCE, item)
                .putFragments(Tag.PIXEL_DATA, List.of(new byte[0], new byte[] {1, 2}));

        assertThat(written(dataSet, BulkDataPolicy.above(4, (path, element) -> "bulk/" + path)))
                .isEqualTo("{\"00091001\":{\"vr\":\"UN\",\"InlineBinary\":\"AQIDBA==\"},"
                        + "\"00283010\":{\"vr\":\"SQ\",\"Value\":[{\"00283006\":{\"vr\":\"OW\","
                        + "\"BulkDataURI\":\"bulk/(0028,3010)[1].(0028,3006)\"}}]},"
                        + "\"7FE00010\":{\"vr\":\"OB\",\"BulkDataURI\":\"bulk/(7FE0,0010)\"}}");
        // items with their headers (PS3.5 annex A.4)
        assertThat(written(dataSet))
                .contains("\"7FE00010\":{\"vr\":\"OB\",\"InlineBinary\":\"/v8A4AAAAAD+/wDgAgAAAAEC\"}");
    }

    @Test
    void severalAreAnArrayAndTheStreamStaysOpen() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        DicomJsonWriter.writeAll(
                List.of(new DataSet().putString(Tag.MODALITY, "CT"), new DataSet()), out, BulkDataPolicy.INLINE);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("[{\"00080060\":{\"vr\":\"CS\",\"Value\":[\"CT\"]}},{}]");
    }
}
