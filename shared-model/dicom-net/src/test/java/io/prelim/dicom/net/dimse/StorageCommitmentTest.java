package io.prelim.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.net.dimse.StorageCommitment.Failure;
import io.prelim.dicom.net.dimse.StorageCommitment.Instance;
import io.prelim.dicom.net.dimse.StorageCommitment.Request;
import io.prelim.dicom.net.dimse.StorageCommitment.Result;
import io.prelim.dicom.net.dimse.StorageCommitment.Unusable;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The data sets of storage commitment as bytes, annotated (PS3.4 tables J.3-1 and J.3-2), implicit VR little endian. */
class StorageCommitmentTest {
    private static final String RESULT = String.join(
            "",
            "08009511" + "04000000" + "312e3900", // (0008,1195) transaction UID "1.9"
            "08009811" + "ffffffff", // (0008,1198) failed SOP sequence
            "feff00e0" + "ffffffff", // item
            "08005011" + "04000000" + "312e3100", // (0008,1150) referenced SOP class UID "1.1"
            "08005511" + "04000000" + "312e3300", // (0008,1155) referenced SOP instance UID "1.3"
            "08009711" + "02000000" + "1201", // (0008,1197) failure reason 0112
            "feff0de0" + "00000000", // item delimitation
            "feffdde0" + "00000000", // sequence delimitation
            "08009911" + "ffffffff", // (0008,1199) referenced SOP sequence
            "feff00e0" + "ffffffff", // item
            "08005011" + "04000000" + "312e3100", // (0008,1150) "1.1"
            "08005511" + "04000000" + "312e3200", // (0008,1155) "1.2"
            "feff0de0" + "00000000", // item delimitation
            "feffdde0" + "00000000"); // sequence delimitation

    private static DataSet read(String hex) throws IOException {
        return DataSetReader.read(
                new ByteArrayInputStream(HexFormat.of().parseHex(hex)),
                TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
                ReadLimits.DEFAULT);
    }

    @Test
    void result() throws Exception {
        Result result = new Result(
                "1.9",
                List.of(new Instance("1.1", "1.2")),
                List.of(new Failure(new Instance("1.1", "1.3"), StorageCommitment.NO_SUCH_OBJECT_INSTANCE)));

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataSetWriter.write(result.dataSet(), TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, bytes);

        assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(RESULT);
        assertThat(Result.of(read(RESULT))).isEqualTo(result);
        assertThat(result.eventTypeId()).isEqualTo(2);
        assertThat(new Result("1.9", result.committed(), List.of()).eventTypeId())
                .isEqualTo(1);
    }

    @Test
    void request() throws Unusable {
        Request request = new Request("1.9", List.of(new Instance("1.1", "1.2"), new Instance("1.1", "1.3")));

        assertThat(Request.of(request.dataSet())).isEqualTo(request);
    }

    @Test
    void whatCannotBeUsedIsRefused() {
        DataSet noTransaction = new Request("1.9", List.of(new Instance("1.1", "1.2")))
                .dataSet()
                .remove(Tag.TRANSACTION_UID);
        DataSet noInstances = new DataSet().putString(Tag.TRANSACTION_UID, "1.9");
        DataSet malformed = new Request("1.9", List.of(new Instance("1.1", "../x"))).dataSet();

        assertThatThrownBy(() -> Request.of(noTransaction))
                .isInstanceOfSatisfying(
                        Unusable.class,
                        e -> assertThat(e.response()).isEqualTo(NormalizedResponse.of(0x0115, "no (0008,1195)")));
        assertThatThrownBy(() -> Request.of(noInstances)).hasMessage("no referenced SOP sequence");
        assertThatThrownBy(() -> Request.of(malformed)).hasMessage("malformed (0008,1155)");
    }
}
