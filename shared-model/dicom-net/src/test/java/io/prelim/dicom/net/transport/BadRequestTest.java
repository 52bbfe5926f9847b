package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bad input M04 and M05 through the DIMSE entrance, and messages that are well formed and cannot be served. */
class BadRequestTest extends ScriptedServer {
    /** Retired, and none that objects are stored in. */
    private static final String XML_ENCODING = "1.2.840.10008.1.2.6.2";

    // M04: presentation contexts and maximum length

    @Test
    @BadInput(id = "M04", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m04EvenContextId() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 0, Units.context(2, CT, IMPLICIT)))
                .expect(ABORT_2_6);
    }

    @Test
    @BadInput(id = "M04", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m04ContextIdTwice() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 0, ECHO_CONTEXT, ECHO_CONTEXT))
                .expect(ABORT_2_6);
    }

    @Test
    @BadInput(id = "M04", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m04MoreContextsThanThereAreIds() throws IOException {
        byte[][] contexts = IntStream.range(0, 200)
                .mapToObj(i -> Units.context(2 * i + 1, CT, IMPLICIT))
                .toArray(byte[][]::new);

        peer.send(Units.associateRq("PRELIM", "MODALITY", 0, contexts)).expect(ABORT_2_6);
    }

    @Test
    @BadInput(id = "M04", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m04MaximumLengthTooShortForAnyData() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 6, ECHO_CONTEXT)).expect(ABORT_2_6);
    }

    @Test
    @BadInput(id = "M04", entrance = Entrance.DIMSE, answer = "context results 3, 4")
    void m04NoContextThatIsAcceptableIsAnAssociationWithoutOne() throws IOException {
        peer.send(Units.associateRq(
                "PRELIM",
                "MODALITY",
                0,
                Units.context(1, "1.2.840.10008.5.1.4.1.2.2.1", IMPLICIT),
                Units.context(3, CT, XML_ENCODING)));

        byte[] accept = peer.receiveUnit();

        assertThat(accept[0]).isEqualTo((byte) 2);
        assertThat(HexFormat.of().formatHex(accept))
                .contains("01000300" + "4000")
                .contains("03000400" + "4000");
        peer.send(Units.RELEASE_RQ).expect(Units.RELEASE_RP);
    }

    @Test
    @BadInput(id = "M04", entrance = Entrance.DIMSE, answer = "served")
    void m04AnswersKeepToAShortMaximumLength() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 16, ECHO_CONTEXT));
        assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 2);

        peer.send(Units.data(1, true, true, Units.echoRq(1)));

        byte[] first = peer.receiveUnit();
        assertThat(first).hasSize(6 + 16);
        byte[] unit = first;
        while ((unit[11] & 2) == 0) {
            unit = peer.receiveUnit();
            assertThat(unit.length).isLessThanOrEqualTo(6 + 16);
        }
    }

    // M05: AE titles

    @Test
    @BadInput(id = "M05", entrance = Entrance.DIMSE, answer = "RJ(1,1,3)")
    void m05UnknownCallingAeTitle() throws IOException {
        peer.send(Units.associateRq("PRELIM", "../../etc", 0, ECHO_CONTEXT)).expect("03 00 00000004 00 01 01 03");
        await().untilAsserted(
                        () -> assertThat(listener.rejected).containsExactly(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED));
    }

    @Test
    @BadInput(id = "M05", entrance = Entrance.DIMSE, answer = "RJ(1,1,7)")
    void m05UnknownCalledAeTitle() throws IOException {
        peer.send(Units.associateRq("OTHER", "MODALITY", 0, ECHO_CONTEXT)).expect("03 00 00000004 00 01 01 07");
    }

    // messages that are well formed and cannot be served

    @Test
    void storeWithoutDataSet() throws IOException {
        associate();
        byte[] command = Units.storeRq(1, CT, "1.2.3");
        int dataSetType = command.length - 14 - 2; // (0000,0800) lies before the last element
        command[dataSetType] = 1;
        command[dataSetType + 1] = 1;

        peer.send(Units.data(3, true, true, command));

        assertThat(Units.status(peer.receiveUnit())).isEqualTo(0xC000);
    }

    @Test
    void storeOfAnotherSopClassThanTheContexts() throws IOException {
        associate();
        peer.send(Units.data(3, true, true, Units.storeRq(1, Uid.MR_IMAGE_STORAGE, "1.2.3")));

        peer.send(Units.data(3, false, true, new byte[100]));

        assertThat(Units.status(peer.receiveUnit())).isEqualTo(0x0122);
    }

    @Test
    void anOperationThatIsNotServed() throws IOException {
        associate();
        byte[] find = Units.echoRq(1);
        find[find.length - 10 - 10 - 2] = 0x20; // (0000,0100) command field becomes C-FIND-RQ

        peer.send(Units.data(1, true, true, find));

        assertThat(Units.status(peer.receiveUnit())).isEqualTo(0x0211);
    }

    @Test
    void aUnitLongerThanAgreedIsTolerated() throws IOException {
        associate();
        peer.send(Units.data(3, true, true, Units.storeRq(1, CT, "1.2.99")));

        peer.send(Units.data(3, false, true, new byte[1_000_000]));

        assertThat(Units.status(peer.receiveUnit())).isZero();
        assertThat(store.objects.remove("1.2.99")).hasSize(1_000_000);
    }
}
