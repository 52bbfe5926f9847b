package io.prelim.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes are DICOM JSON or refused as {@link MalformedInput}, nothing else. What was read is written as JSON that is read
 * again, and written the same from then on; and it is written as bytes.
 */
class DicomJsonFuzzTest {
    private static final ReadLimits LIMITS = ReadLimits.DEFAULT;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{'00080005':{'vr':'CS','Value':['ISO_IR 192']},'00080008':{'vr':'CS','Value':['A',null,'B']}}",
                        "[{'00100010':{'vr':'PN','Value':[{'Alphabetic':'A^B','Ideographic':'山','Phonetic':'や'}]}},{}]",
                        "{'00081032':{'vr':'SQ','Value':[{},{'00080100':{'Value':['X'],'vr':'SH'}}]}}",
                        "{'00280010':{'vr':'US','Value':[512]},'00280106':{'vr':'SS','Value':[-1]},"
                                + "'00720083':{'vr':'UV','Value':['18446744073709551615']},"
                                + "'00720082':{'vr':'SV','Value':[-1]}}",
                        "{'00720076':{'vr':'FL','Value':[1.5,'NaN','-inf']},'00720074':{'vr':'FD','Value':[1e10]}}",
                        "{'00280030':{'vr':'DS','Value':[0.70,'+1']},'00200013':{'vr':'IS','Value':['007']}}",
                        "{'00720052':{'vr':'AT','Value':['7FE00010']},'00091001':{'vr':'UN','InlineBinary':'AQID'},"
                                + "'7FE00010':{'vr':'OW','BulkDataURI':'a'}}",
                        "{'00104000':{'vr':'LT','Value':['a\\\\u00e9\\\\n']}}")
                .map(json -> json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void bytesAreJsonOrRefused(byte[] input) throws IOException {
        try (DicomJsonReader reader = new DicomJsonReader(new ByteArrayInputStream(input), LIMITS, reference -> null)) {
            for (DataSet dataSet = reader.next(); dataSet != null; dataSet = reader.next()) {
                writtenAndReadAgain(dataSet);
            }
        } catch (MalformedInput e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.offset()).isBetween(0L, (long) input.length);
        }
    }

    private static void writtenAndReadAgain(DataSet dataSet) throws IOException {
        DataSetWriter.write(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, OutputStream.nullOutputStream());
        byte[] once = write(dataSet);
        try {
            byte[] twice = write(DicomJsonReader.read(new ByteArrayInputStream(once), LIMITS, BulkDataResolver.NONE));
            byte[] thrice = write(DicomJsonReader.read(new ByteArrayInputStream(twice), LIMITS, BulkDataResolver.NONE));

            assertThat(Arrays.equals(thrice, twice)).isTrue();
        } catch (MalformedInput e) {
            throw new AssertionError("what was written is refused", e);
        }
    }

    private static byte[] write(DataSet dataSet) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomJsonWriter.write(dataSet, out, BulkDataPolicy.INLINE);
        return out.toByteArray();
    }
}
