package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileMetaTest {
    private static final ReadLimits LIMITS = ReadLimits.DEFAULT.withMaxObjectBytes(1 << 20);
    private static final DataSet OBJECT = new DataSet()
            .putString(Tag.SOP_CLASS_UID, Uid.CT_IMAGE_STORAGE)
            .putString(Tag.SOP_INSTANCE_UID, "1.2.3")
            .putString(Tag.PATIENT_NAME, "Synthetic^One");

    @Test
    void theStreamGoesOnWithTheDataSetInEverySyntax() throws Exception {
        for (TransferSyntax syntax : List.of(
                TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
                TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)) {
            FileMeta meta = read(file(syntax));

            assertThat(meta.transferSyntaxUid()).isEqualTo(syntax.uid());
            assertThat(meta.sopClassUid()).isEqualTo(Uid.CT_IMAGE_STORAGE);
            assertThat(meta.sopInstanceUid()).isEqualTo("1.2.3");
            ByteArrayOutputStream bare = new ByteArrayOutputStream();
            DataSetWriter.write(OBJECT, syntax, bare);
            assertThat(meta.dataSet().readAllBytes()).isEqualTo(bare.toByteArray());
        }
    }

    @Test
    void aGroupLengthThatLiesHarmsNobody() throws Exception {
        byte[] file = file(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
        // (0002,0000) UL 4: its value stands behind preamble, prefix and an 8 byte head
        file[140] = (byte) 0xFF;

        assertThat(read(file).sopInstanceUid()).isEqualTo("1.2.3");
    }

    @Test
    void aFileWithoutADataSetHasAnEmptyOne() throws Exception {
        byte[] file = file(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        ByteArrayOutputStream bare = new ByteArrayOutputStream();
        DataSetWriter.write(OBJECT, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, bare);

        FileMeta meta = read(Arrays.copyOf(file, file.length - bare.size()));

        assertThat(meta.dataSet().readAllBytes()).isEmpty();
    }

    @Test
    void whatIsNoFileIsMalformed() throws Exception {
        byte[] file = file(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        malformed(MalformedInput.Kind.STRUCTURE, new byte[0]);
        malformed(MalformedInput.Kind.STRUCTURE, Arrays.copyOf(file, 131));
        malformed(MalformedInput.Kind.STRUCTURE, Arrays.copyOfRange(file, 132, file.length));
        malformed(MalformedInput.Kind.STRUCTURE, Arrays.copyOf(file, 132));
        malformed(MalformedInput.Kind.TRUNCATED, Arrays.copyOf(file, 150));
    }

    @Test
    void fileMetaOfAnyLengthIsBounded() throws Exception {
        byte[] file = file(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);

        assertThatThrownBy(() -> FileMeta.read(new ByteArrayInputStream(file), LIMITS.withMaxObjectBytes(50)))
                .isInstanceOfSatisfying(
                        MalformedInput.class,
                        refused -> assertThat(refused.kind()).isEqualTo(MalformedInput.Kind.LIMIT));
    }

    private static void malformed(MalformedInput.Kind kind, byte[] bytes) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(
                        MalformedInput.class,
                        refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    private static FileMeta read(byte[] bytes) throws IOException {
        return FileMeta.read(new ByteArrayInputStream(bytes), LIMITS);
    }

    private static byte[] file(TransferSyntax syntax) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomFile.of(OBJECT, syntax).write(out);
        return out.toByteArray();
    }
}
