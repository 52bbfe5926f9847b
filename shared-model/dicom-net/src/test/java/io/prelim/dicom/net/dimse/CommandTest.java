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
    void storeSubOperationOfAMove() throws MalformedInput {
        Command command = read( // PS3.7 table 9.3-1
                "00000001" + "02000000" + "0100", // (0000,0100) C-STORE-RQ
                "00003010" + "06000000" + "5052454c494d", // (0000,1030) move originator "PRELIM"
                "00003110" + "02000000" + "0900"); // (0000,1031) message id of the C-MOVE, 9

        assertThat(command.moveOriginatorAeTitle()).isEqualTo("PRELIM");
        assertThat(command.moveOriginatorMessageId()).isEqualTo(9);
    }

    @Test
    void errorId() throws MalformedInput {
        Command request = Command.normalizedRequest(7, NormalizedOperation.N_SET, "1.1", "1.2", 0, false);

        isWritten(
                Command.response(request, 0x0110, null).withErrorId(0xA710), // PS3.7 table 10.3-6
                "00000000" + "04000000" + "4a000000", // group length, 74
                "00000200" + "04000000" + "312e3100", // (0000,0002) affected SOP class UID "1.1"
                "00000001" + "02000000" + "2081", // (0000,0100) N-SET-RSP
                "00002001" + "02000000" + "0700", // (0000,0120) message id being responded to, 7
                "00000008" + "02000000" + "0101", // (0000,0800) no attributes follow
                "00000009" + "02000000" + "1001", // (0000,0900) processing failure
                "00000309" + "02000000" + "10a7", // (0000,0903) error id A710
                "00000010" + "04000000" + "312e3200"); // (0000,1000) affected SOP instance UID "1.2"
        assertThat(read("00000001" + "02000000" + "2081", "00000309" + "02000000" + "10a7")
                        .errorId())
                .isEqualTo(0xA710);
        assertThat(request.errorId()).isEqualTo(NormalizedResponse.NO_ERROR_ID);
    }

    private static void isWritten(Command command, String... fields) {
        assertThat(HexFormat.of().formatHex(command.encode())).isEqualTo(String.join("", fields));
    }

    private static Command read(String... fields) throws MalformedInput {
        byte[] bytes = HexFormat.of().parseHex(String.join("", fields));
        return Command.decode(bytes, bytes.length);
    }

    @Test
    void findRequest() {
        isWritten(
                Command.findRequest(7, "1.1", 0), // PS3.7 table 9.3-3
                "00000000" + "04000000" + "34000000", // group length, 52
                "00000200" + "04000000" + "312e3100", // (0000,0002) affected SOP class UID "1.1"
                "00000001" + "02000000" + "2000", // (0000,0100) C-FIND-RQ
                "00001001" + "02000000" + "0700", // (0000,0110) message id 7
                "00000007" + "02000000" + "0000", // (0000,0700) priority, medium
                "00000008" + "02000000" + "0000"); // (0000,0800) an identifier follows
    }

    @Test
    void moveRequest() {
        isWritten(
                Command.moveRequest(7, "1.1", 0, "PRELIM"), // PS3.7 table 9.3-6
                "00000000" + "04000000" + "42000000", // group length, 66
                "00000200" + "04000000" + "312e3100", // (0000,0002) affected SOP class UID "1.1"
                "00000001" + "02000000" + "2100", // (0000,0100) C-MOVE-RQ
                "00001001" + "02000000" + "0700", // (0000,0110) message id 7
                "00000006" + "06000000" + "5052454c494d", // (0000,0600) move destination "PRELIM"
                "00000007" + "02000000" + "0000", // (0000,0700) priority, medium
                "00000008" + "02000000" + "0000"); // (0000,0800) an identifier follows
    }

    @Test
    void moveResponse() throws MalformedInput {
        Command response = read( // PS3.7 table 9.3-7
                "00000001" + "02000000" + "2180", // (0000,0100) C-MOVE-RSP
                "00002001" + "02000000" + "0700", // (0000,0120) message id being responded to, 7
                "00000008" + "02000000" + "0101", // (0000,0800) no identifier follows
                "00000009" + "02000000" + "00ff", // (0000,0900) pending
                "00002010" + "02000000" + "0300", // (0000,1020) 3 remaining
                "00002110" + "02000000" + "0200", // (0000,1021) 2 completed
                "00002210" + "02000000" + "0100", // (0000,1022) 1 failed
                "00002310" + "02000000" + "0000"); // (0000,1023) none with a warning

        assertThat(response.field()).isEqualTo(Command.C_MOVE_RQ | Command.RESPONSE);
        assertThat(response.status()).isEqualTo(Status.PENDING);
        assertThat(response.subOperations()).isEqualTo(new SubOperations(3, 2, 1, 0));
    }

    @Test
    void eventReportRequest() throws MalformedInput {
        String[] fields = {
            "00000000" + "04000000" + "46000000", // group length, 70; PS3.7 table 10.3-1
            "00000200" + "04000000" + "312e3100", // (0000,0002) affected SOP class UID "1.1"
            "00000001" + "02000000" + "0001", // (0000,0100) N-EVENT-REPORT-RQ
            "00001001" + "02000000" + "0700", // (0000,0110) message id 7
            "00000008" + "02000000" + "0000", // (0000,0800) event information follows
            "00000010" + "0a000000" + "312e322e332e342e3500", // (0000,1000) affected SOP instance UID "1.2.3.4.5"
            "00000210" + "02000000" + "0200" // (0000,1002) event type 2
        };

        isWritten(
                Command.normalizedRequest(7, NormalizedOperation.N_EVENT_REPORT, "1.1", "1.2.3.4.5", 2, true), fields);
        Command request = read(fields);
        assertThat(NormalizedOperation.of(request.field())).isEqualTo(NormalizedOperation.N_EVENT_REPORT);
        assertThat(request.typeId()).isEqualTo(2);
    }

    @Test
    void actionRequest() throws MalformedInput {
        String[] fields = {
            "00000000" + "04000000" + "46000000", // group length, 70; PS3.7 table 10.3-7
            "00000300" + "04000000" + "312e3100", // (0000,0003) requested SOP class UID "1.1"
            "00000001" + "02000000" + "3001", // (0000,0100) N-ACTION-RQ
            "00001001" + "02000000" + "0700", // (0000,0110) message id 7
            "00000008" + "02000000" + "0000", // (0000,0800) action information follows
            "00000110" + "0a000000" + "312e322e332e342e3500", // (0000,1001) requested SOP instance UID "1.2.3.4.5"
            "00000810" + "02000000" + "0100" // (0000,1008) action type 1
        };

        isWritten(Command.normalizedRequest(7, NormalizedOperation.N_ACTION, "1.1", "1.2.3.4.5", 1, true), fields);
        Command request = read(fields);
        assertThat(request.sopClassUid()).isEqualTo("1.1");
        assertThat(request.sopInstanceUid()).isEqualTo("1.2.3.4.5");
        isWritten(
                Command.response(request, Status.NO_SUCH_ACTION, null), // PS3.7 table 10.3-8
                "00000000" + "04000000" + "50000000", // group length, 80
                "00000200" + "04000000" + "312e3100", // (0000,0002) affected SOP class UID "1.1"
                "00000001" + "02000000" + "3081", // (0000,0100) N-ACTION-RSP
                "00002001" + "02000000" + "0700", // (0000,0120) message id being responded to, 7
                "00000008" + "02000000" + "0101", // (0000,0800) no reply follows
                "00000009" + "02000000" + "2301", // (0000,0900) no such action
                "00000010" + "0a000000" + "312e322e332e342e3500", // (0000,1000) affected SOP instance UID
                "00000810" + "02000000" + "0100"); // (0000,1008) action type 1
    }

    @Test
    void setRequest() {
        isWritten(
                Command.normalizedRequest(7, NormalizedOperation.N_SET, "1.1", "1.2", 9, true), // table 10.3-5
                "00000000" + "04000000" + "36000000", // group length, 54
                "00000300" + "04000000" + "312e3100", // (0000,0003) requested SOP class UID "1.1"
                "00000001" + "02000000" + "2001", // (0000,0100) N-SET-RQ
                "00001001" + "02000000" + "0700", // (0000,0110) message id 7
                "00000008" + "02000000" + "0000", // (0000,0800) a modification list follows
                "00000110" + "04000000" + "312e3200"); // (0000,1001) requested SOP instance UID "1.2"
    }

    @Test
    void createRequestThatLeavesTheInstanceToTheScp() throws MalformedInput {
        String[] fields = {
            "00000000" + "04000000" + "2a000000", // group length, 42; PS3.7 table 10.3-9
            "00000200" + "04000000" + "312e3100", // (0000,0002) affected SOP class UID "1.1"
            "00000001" + "02000000" + "4001", // (0000,0100) N-CREATE-RQ
            "00001001" + "02000000" + "0700", // (0000,0110) message id 7
            "00000008" + "02000000" + "0000" // (0000,0800) an attribute list follows
        };

        isWritten(Command.normalizedRequest(7, NormalizedOperation.N_CREATE, "1.1", "", 0, true), fields);
        assertThat(read(fields).sopInstanceUid()).isEmpty();
        assertThat(read(fields).typeId()).isEqualTo(-1);
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
