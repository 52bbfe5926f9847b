package io.prelim.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.MalformedInput;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Command sets as bytes, annotated (PS3.7 sections 6.3, 9.3 and annex E). */
class CommandTest {
    private static final String STORE_RQ = String.join(
            "",
            "00000000" + "04000000" + "46000000", // (0000,0000) group length, 70
            "00000200" + "04000000" + "312e3100", // (0000,0002) affected SOP class UID "1.1"
            "00000001" + "02000000" + "0100", // (0000,0100) command field, C-STORE-RQ
            "00001001" + "02000000" + "0700", // (0000,0110) message id 7
            "00000007" + "02000000" + "0200", // (0000,0700) priority, low
            "00000008" + "02000000" + "0000", // (0000,0800) a data set follows
            "00000010" + "0a000000" + "312e322e332e342e3500"); // (0000,1000) affected SOP instance UID "1.2.3.4.5"

    @Test
    void storeRequest() throws MalformedInput {
        byte[] bytes = HexFormat.of().parseHex(STORE_RQ);

        Command command = Command.decode(bytes, bytes.length);

        assertThat(command.field()).isEqualTo(Command.C_STORE_RQ);
        assertThat(command.messageId()).isEqualTo(7);
        assertThat(command.priority()).isEqualTo(2);
        assertThat(command.hasDataSet()).isTrue();
        assertThat(command.sopClassUid()).isEqualTo("1.1");
        assertThat(command.sopInstanceUid()).isEqualTo("1.2.3.4.5");
        assertThat(HexFormat.of()
                        .formatHex(
                                Command.storeRequest(7, "1.1", "1.2.3.4.5", 2).encode()))
                .isEqualTo(STORE_RQ);
    }

    @Test
    void responseBringsTheRequestsIdentifiersBack() throws MalformedInput {
        Command request = Command.storeRequest(65535, "1.1", "1.2", 0);

        byte[] bytes = Command.response(request, 0xC002, "x".repeat(70)).encode();
        Command response = Command.decode(bytes, bytes.length);

        assertThat(response.field()).isEqualTo(Command.C_STORE_RSP);
        assertThat(response.isResponse()).isTrue();
        assertThat(response.hasDataSet()).isFalse();
        assertThat(response.messageIdBeingRespondedTo()).isEqualTo(65535);
        assertThat(response.status()).isEqualTo(0xC002);
        assertThat(response.sopInstanceUid()).isEqualTo("1.2");
        assertThat(response.errorComment()).hasSize(64);
    }

    @Test
    void whatIsNoCommandIsRefused() {
        byte[] lie = HexFormat.of().parseHex("00000200" + "ffffff7f" + "31");
        byte[] none = HexFormat.of().parseHex("00001001" + "02000000" + "0700");

        assertThatThrownBy(() -> Command.decode(lie, lie.length)).isInstanceOf(MalformedInput.class);
        assertThatThrownBy(() -> Command.decode(none, none.length)).hasMessageContaining("no command field");
        assertThatThrownBy(() -> Command.decode(none, 0)).isInstanceOf(MalformedInput.class);
    }
}
