package io.prelim.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.encoding.Values;
import io.prelim.dicom.object.DataSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decimals through DICOM JSON and back, those among them that are no numbers of JSON (PS3.18 table F.2.3-1). */
class DicomJsonDecimalsTest {
    /** (0072,0074) Selector FD Value, (0072,0076) Selector FL Value, (7FE0,0008) Float Pixel Data, (7FE0,0009) Double Float Pixel Data. */
    private static final int FD = 0x00720074;

    private static final int FL = 0x00720076;
    private static final int OF = 0x7FE00008;
    private static final int OD = 0x7FE00009;

    private static String written(DataSet dataSet) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomJsonWriter.write(dataSet, out, BulkDataPolicy.INLINE);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static DataSet read(String json) throws IOException {
        return DicomJsonReader.read(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                ReadLimits.DEFAULT,
                BulkDataResolver.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity",
        // as others spell them
        "inf, Infinity",
        "-inf, -Infinity"
    })
    void whatIsNoNumberIsText(String spelled, double value) throws IOException {
        DataSet dataSet = read("{\"00720074\":{\"vr\":\"FD\",\"Value\":[\"" + spelled + "\"]},"
                + "\"00720076\":{\"vr\":\"FL\",\"Value\":[1,\"" + spelled + "\"]}}");

        assertThat(dataSet.bytes(FD)).isEqualTo(Values.floats(VR.FD, value));
        assertThat(dataSet.bytes(FL)).isEqualTo(Values.floats(VR.FL, 1, value));
        assertThat(written(dataSet))
                .isEqualTo("{\"00720074\":{\"vr\":\"FD\",\"Value\":[\"" + value + "\"]},"
                        + "\"00720076\":{\"vr\":\"FL\",\"Value\":[1.0,\"" + value + "\"]}}");
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                -0.0,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                0.1,
                1 / 3.0,
                1e22,
                9007199254740993.0
            })
    void doublesComeBackExactly(double value) throws IOException {
        DataSet dataSet = new DataSet().putBytes(FD, VR.FD, Values.floats(VR.FD, value));

        assertThat(read(written(dataSet)).bytes(FD)).isEqualTo(dataSet.bytes(FD));
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.0f, Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, 0.1f, 1 / 3f, 16777217f, 3.0e10f})
    void floatsComeBackExactly(float value) throws IOException {
        DataSet dataSet = new DataSet().putBytes(FL, VR.FL, Values.floats(VR.FL, value));

        assertThat(read(written(dataSet)).bytes(FL)).isEqualTo(dataSet.bytes(FL));
    }

    /** Between two floats, nearer to the upper one, which it is no more once it is a double: there it lies in the middle. */
    @Test
    void aFloatIsTheOneNearestToItsText() throws IOException {
        DataSet dataSet = read("{\"00720076\":{\"vr\":\"FL\",\"Value\":[1.00000029802322387695312500001]}}");

        assertThat(dataSet.bytes(FL)).isEqualTo(Values.floats(VR.FL, Math.nextUp(Math.nextUp(Math.nextUp(1f)))));
    }

    /** Quiet and signalling NaN, with payload and sign, as PS3.5 section 8 allows in pixel data. */
    @Test
    void bitsOfFloatPixelDataAreKept() throws IOException {
        byte[] floats = HexFormat.of().parseHex("0100a07f" + "0000c0ff" + "0000807f" + "000080ff");
        byte[] doubles = HexFormat.of().parseHex("010000000000f47f" + "000000000000f8ff" + "000000000000f07f");
        DataSet dataSet = new DataSet().putBytes(OF, VR.OF, floats).putBytes(OD, VR.OD, doubles);

        DataSet again = read(written(dataSet));

        assertThat(again.bytes(OF)).isEqualTo(floats);
        assertThat(again.bytes(OD)).isEqualTo(doubles);
    }
}
