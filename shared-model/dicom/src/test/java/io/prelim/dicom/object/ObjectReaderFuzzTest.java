package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes are read or refused as {@link MalformedInput}, nothing else. What was read can be written; where no departure from
 * the standard was let pass it is the same bytes then. The first byte chooses between a file and a data set in each syntax.
 */
class ObjectReaderFuzzTest {
    private static final List<TransferSyntax> SYNTAXES = List.of(
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
            TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.of(Uid.JPEG_BASELINE));

    static Stream<byte[]> seeds() {
        return IntStream.rangeClosed(0, SYNTAXES.size()).mapToObj(ObjectReaderFuzzTest::seed);
    }

    private static byte[] seed(int choice) {
        DataSet deeper = new DataSet().putString(Tag.CODE_VALUE, "D").putInteger(Tag.ROWS, 1);
        DataSet dataSet = new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "", "ISO 2022 IR 87")
                .putString(Tag.SOP_CLASS_UID, Uid.CT_IMAGE_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, "1.2.3")
                .putString(Tag.PATIENT_NAME, "A^B=C")
                .putDecimal(Tag.PIXEL_SPACING, 0.7, 1.5)
                .putInteger(Tag.PIXEL_REPRESENTATION, 1)
                .putInteger(Tag.PIXEL_PADDING_VALUE, -1)
                .putBytes(Tag.of(0x0009, 0x1001), VR.UN, new byte[] {1, 2})
                .putSequence(Tag.PROCEDURE_CODE_SEQUENCE, deeper, new DataSet());
        if (choice < 5) {
            dataSet.putBytes(Tag.PIXEL_DATA, VR.OW, new byte[] {1, 2, 3, 4});
        } else {
            dataSet.putFragments(Tag.PIXEL_DATA, List.of(new byte[0], new byte[] {1, 2}));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(choice);
        try {
            if (choice == 0) {
                DicomFile.of(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).write(out);
            } else {
                DataSetWriter.write(dataSet, SYNTAXES.get(choice - 1), out);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest
    void bytesAreReadOrRefused(byte[] input) throws IOException {
        int choice = input.length == 0 ? 0 : (input[0] & 0xFF) % (SYNTAXES.size() + 1);
        byte[] bytes = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
        try {
            if (choice == 0) {
                file(bytes);
            } else {
                dataSet(bytes, SYNTAXES.get(choice - 1));
            }
        } catch (MalformedInput e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void file(byte[] bytes) throws IOException {
        DicomFile file = DicomFile.read(new ByteArrayInputStream(bytes), ReadLimits.DEFAULT);
        decode(file.dataSet());
        byte[] once = write(file);
        boolean sayable = Sayable.file(file);
        DicomFile again = written(sayable, () -> DicomFile.read(new ByteArrayInputStream(once), ReadLimits.DEFAULT));
        assertThat(!sayable || Arrays.equals(write(again), once)).isTrue();
    }

    private static void dataSet(byte[] bytes, TransferSyntax syntax) throws IOException {
        DataSet dataSet = DataSetReader.read(new ByteArrayInputStream(bytes), syntax, ReadLimits.DEFAULT);
        decode(dataSet);
        byte[] once = write(dataSet, syntax);
        if (!syntax.deflated()) {
            header(bytes, syntax, dataSet);
        }

        readThrough(bytes, syntax, dataSet);

        boolean sayable = Sayable.dataSet(dataSet, syntax.explicitVr());
        DataSet lenient =
                written(sayable, () -> DataSetReader.read(new ByteArrayInputStream(once), syntax, ReadLimits.DEFAULT));
        assertThat(!sayable || Arrays.equals(write(lenient, syntax), once)).isTrue();
        DataSet strict = DataSetReader.read(new ByteArrayInputStream(bytes), syntax, ReadLimits.DEFAULT.strict());
        byte[] exact = write(strict, syntax);
        if (!syntax.deflated()) {
            assertThat(Arrays.equals(exact, bytes)).isTrue();
        } else {
            DataSet again = written(
                    true,
                    () -> DataSetReader.read(new ByteArrayInputStream(exact), syntax, ReadLimits.DEFAULT.strict()));
            assertThat(Arrays.equals(write(again, syntax), exact)).isTrue();
        }
    }

    /** What the whole read took, the header's read takes too, and stops where pixel data begins. */
    private static void header(byte[] bytes, TransferSyntax syntax, DataSet whole) throws IOException {
        Header header = DataSetReader.readHeader(new ByteArrayInputStream(bytes), syntax, ReadLimits.DEFAULT);

        assertThat(header.headerLength()).isBetween(0L, (long) bytes.length);
        if (header.pixelData() == null) {
            assertThat(header.dataSet().size()).isEqualTo(whole.size());
        } else {
            assertThat(header.pixelData().valueOffset()).isBetween(header.headerLength() + 8, (long) bytes.length);
            assertThat(whole.contains(Tag.PIXEL_DATA)).isTrue();
        }
    }

    /** What passes by is the value that the whole read took. */
    private static void readThrough(byte[] bytes, TransferSyntax syntax, DataSet whole) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        Header header = DataSetReader.readThrough(new ByteArrayInputStream(bytes), syntax, ReadLimits.DEFAULT, pixels);

        if (header.pixelData() == null) {
            assertThat(header.dataSet().size()).isEqualTo(whole.size());
        } else if (!header.pixelData().encapsulated()) {
            assertThat(pixels.size()).isEqualTo((int) header.pixelData().length());
        }
    }

    private static byte[] write(DataSet dataSet, TransferSyntax syntax) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataSetWriter.write(dataSet, syntax, out);
        return out.toByteArray();
    }

    private static byte[] write(DicomFile file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.write(out);
        return out.toByteArray();
    }

    /** Asks each value for its text and its numbers. */
    private static void decode(DataSet dataSet) {
        for (Element element : dataSet.elements()) {
            assertThat(dataSet.strings(element.tag())).doesNotContainNull();
            dataSet.decimals(element.tag());
            dataSet.items(element.tag()).forEach(ObjectReaderFuzzTest::decode);
        }
    }

    private interface Read<T> {
        T read() throws IOException;
    }

    /** What was written here must be read: a refusal of it is a finding, where all of it could be said. */
    private static <T> T written(boolean sayable, Read<T> read) throws IOException {
        try {
            return read.read();
        } catch (MalformedInput e) {
            if (!sayable) {
                throw e;
            }
            throw new AssertionError("what was written is refused", e);
        }
    }
}
