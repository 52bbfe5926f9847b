package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Bytes;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read is written back byte for byte; what is written is read back equal. */
class DataSetRoundTripTest {
    private static DataSet sample() {
        DataSet deeper = new DataSet().putString(Tag.CODE_VALUE, "D").putInteger(Tag.ROWS, 1);
        DataSet item = new DataSet().putString(Tag.CODE_MEANING, "Röntgen");
        DataSet dataSet = new DataSet()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
                .putString(Tag.SOP_CLASS_UID, Uid.CT_IMAGE_STORAGE)
                .putString(Tag.SOP_INSTANCE_UID, "1.2.3")
                .putString(Tag.IMAGE_TYPE, "ORIGINAL", "PRIMARY")
                .putString(Tag.STUDY_DESCRIPTION, "Übersicht")
                .putDecimal(Tag.PIXEL_SPACING, 0.7, 1.0 / 3)
                .putInteger(Tag.ROWS, 512)
                .putInteger(Tag.INSTANCE_NUMBER, 7)
                .putBytes(Tag.of(0x0009, 0x1001), VR.UN, new byte[] {1, 2, 3})
                .putBytes(Tag.PIXEL_DATA, VR.OW, new byte[] {1, 2, 3, 4});
        dataSet.putSequence(Tag.PROCEDURE_CODE_SEQUENCE, item, new DataSet());
        item.putSequence(Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE, deeper);
        return dataSet;
    }

    private static byte[] write(DataSet dataSet, TransferSyntax syntax) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataSetWriter.write(dataSet, syntax, out);
        return out.toByteArray();
    }

    private static DataSet read(byte[] bytes, TransferSyntax syntax) throws IOException {
        return DataSetReader.read(new ByteArrayInputStream(bytes), syntax, ReadLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Uid.IMPLICIT_VR_LITTLE_ENDIAN,
                Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                Uid.EXPLICIT_VR_BIG_ENDIAN,
                Uid.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN
            })
    void valuesSurviveEverySyntax(String uid) throws IOException {
        TransferSyntax syntax = TransferSyntax.of(uid);

        byte[] bytes = write(sample(), syntax);
        DataSet read = read(bytes, syntax);

        assertThat(read.string(Tag.STUDY_DESCRIPTION)).isEqualTo("Übersicht");
        assertThat(read.strings(Tag.IMAGE_TYPE)).containsExactly("ORIGINAL", "PRIMARY");
        assertThat(read.decimals(Tag.PIXEL_SPACING)).containsExactly(0.7, 0.33333333333333);
        assertThat(read.integer(Tag.ROWS, 0)).isEqualTo(512);
        assertThat(read.integer(Tag.INSTANCE_NUMBER, 0)).isEqualTo(7);
        assertThat(read.bytes(Tag.of(0x0009, 0x1001))).containsExactly(1, 2, 3, 0);
        assertThat(read.bytes(Tag.PIXEL_DATA)).containsExactly(1, 2, 3, 4);
        List<DataSet> items = read.items(Tag.PROCEDURE_CODE_SEQUENCE);
        assertThat(items).hasSize(2);
        assertThat(items.get(0).string(Tag.CODE_MEANING)).isEqualTo("Röntgen");
        assertThat(items.get(0)
                        .items(Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE)
                        .get(0)
                        .integer(Tag.ROWS, 0))
                .isEqualTo(1);
        assertThat(write(read, syntax)).isEqualTo(bytes);
    }

    /** Numbers of 2, 4 and 8 bytes are turned in big endian, and nothing else is. */
    @ParameterizedTest
    @EnumSource(value = VR.class, mode = EnumSource.Mode.EXCLUDE, names = "SQ")
    void everyRepresentationSurvivesEverySyntax(VR vr) throws IOException {
        int tag = Tag.of(0x0009, 0x1001);
        byte[] value = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
        DataSet dataSet = new DataSet()
                .putString(Tag.of(0x0009, 0x0010), VR.LO, "PRELIM TEST")
                .putBytes(tag, vr, value);

        for (String uid : List.of(
                Uid.IMPLICIT_VR_LITTLE_ENDIAN,
                Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                Uid.EXPLICIT_VR_BIG_ENDIAN,
                Uid.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)) {
            TransferSyntax syntax = TransferSyntax.of(uid);
            byte[] bytes = write(dataSet, syntax);
            DataSet read = read(bytes, syntax);

            assertThat(read.bytes(tag)).as(uid).isEqualTo(value);
            assertThat(read.element(tag).vr())
                    .as(uid)
                    .isEqualTo(uid.equals(Uid.IMPLICIT_VR_LITTLE_ENDIAN) ? VR.UN : vr);
            assertThat(write(read, syntax)).as(uid).isEqualTo(bytes);
            if (uid.equals(Uid.EXPLICIT_VR_BIG_ENDIAN)) {
                assertThat(bytes).endsWith(turned(value, vr.unit()));
            }
        }
    }

    private static byte[] turned(byte[] value, int unit) {
        byte[] turned = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            turned[i] = value[i - i % unit + unit - 1 - i % unit];
        }
        return turned;
    }

    @Test
    void lengthsAreWrittenTheWayTheyCame() throws IOException {
        byte[] bytes = Bytes.of()
                .hex("0800 3210")
                .text("SQ")
                .hex("0000 46000000") // defined, 70 bytes
                .hex("feff 00e0 ffffffff") // an item with a delimiter
                .hex("0800 0001")
                .text("SH")
                .hex("0200")
                .text("A ")
                .hex("feff 0de0 00000000")
                .hex("feff 00e0 24000000") // an item of 36 bytes
                .hex("0800 0001")
                .text("SH")
                .hex("0200")
                .text("B ")
                .hex("0900 0110")
                .text("UN")
                .hex("0000 0e000000") // UN of defined length stays bytes
                .hex("00112233445566778899aabbccdd")
                .hex("0900 0120")
                .text("UN")
                .hex("0000 ffffffff") // UN sequence, implicit inside
                .hex("feff 00e0 0a000000 0800 0001 02000000")
                .text("A ")
                .hex("feff dde0 00000000")
                .array();

        assertThat(write(
                        read(bytes, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN),
                        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN))
                .isEqualTo(bytes);
    }

    @Test
    void aTextTooLongForItsLengthFieldIsWrittenAsUnknown() throws IOException {
        // CP-1066, PS3.5 section 6.2.2 note 5
        String text = "x".repeat(70_000);
        DataSet dataSet = new DataSet().putString(Tag.IMAGE_COMMENTS, text);

        byte[] bytes = write(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        DataSet read = read(bytes, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);

        assertThat(bytes).startsWith(Bytes.of().hex("2000 0040").text("UN").array());
        assertThat(read.element(Tag.IMAGE_COMMENTS).vr()).isEqualTo(VR.UN);
        assertThat(read.string(Tag.IMAGE_COMMENTS)).isEqualTo(text);
    }

    @Test
    void aFileIsReadAndWrittenWhole() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataSet dataSet = sample().remove(Tag.PIXEL_DATA)
                .putFragments(Tag.PIXEL_DATA, List.of(new byte[0], new byte[] {1, 2, 3}));
        DicomFile.of(dataSet, TransferSyntax.of(Uid.JPEG_BASELINE)).write(out);

        DicomFile file = DicomFile.read(new ByteArrayInputStream(out.toByteArray()), ReadLimits.DEFAULT.strict());

        assertThat(DicomFile.isDicom(out.toByteArray())).isTrue();
        assertThat(file.transferSyntax().uid()).isEqualTo(Uid.JPEG_BASELINE);
        assertThat(file.fileMeta().string(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID)).isEqualTo("1.2.3");
        assertThat(((FragmentsElement) file.dataSet().element(Tag.PIXEL_DATA))
                        .fragments()
                        .get(1))
                .containsExactly(1, 2, 3, 0);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        file.write(again);
        assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
    }

    /** Explicit VR under an implicit syntax, as a nested one: what the dictionary has as text is a value to who reads it. */
    @Test
    void aSequenceWhereTheDictionaryHasTextIsAValueInImplicitVr() throws IOException {
        Bytes inner = Bytes.of().hex("0800 0001").text("SH").hex("0200").text("D ");
        byte[] explicit = Bytes.of()
                .hex("0800 0201")
                .text("SQ")
                .hex("0000 ffffffff feff 00e0 ffffffff") // Coding Scheme Designator
                .bytes(inner.array())
                .hex("feff 0de0 00000000 feff dde0 00000000")
                .array();
        byte[] implicit = Bytes.of()
                .hex("0800 0201 1a000000 feff 00e0 ffffffff 0800 0001 02000000")
                .text("D ")
                .hex("feff 0de0 00000000")
                .array();

        byte[] written = write(
                read(explicit, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN), TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);

        assertThat(written).isEqualTo(implicit);
        DataSet again = read(written, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
        assertThat(again.element(Tag.CODING_SCHEME_DESIGNATOR)).isInstanceOf(ValueElement.class);
        assertThat(write(again, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN)).isEqualTo(written);
    }
}
