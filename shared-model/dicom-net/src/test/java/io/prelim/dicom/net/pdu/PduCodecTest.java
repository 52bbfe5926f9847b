package io.prelim.dicom.net.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.net.pdu.Pdu.AssociateAc;
import io.prelim.dicom.net.pdu.Pdu.AssociateRq;
import io.prelim.dicom.net.pdu.Pdu.ContextResult;
import io.prelim.dicom.net.pdu.Pdu.OperationsWindow;
import io.prelim.dicom.net.pdu.Pdu.ProposedContext;
import io.prelim.dicom.net.pdu.Pdu.UserInformation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units as bytes, annotated field by field (PS3.8 section 9.3). */
class PduCodecTest {
    private static final String ASSOCIATE_RQ = String.join(
            "",
            "01", // type, table 9-11
            "00", // reserved
            "0000007e", // length, 126
            "0001", // protocol version
            "0000", // reserved
            "5052454c494d20202020202020202020", // called AE title "PRELIM"
            "4d4f44414c4954592020202020202020", // calling AE title "MODALITY"
            "0000000000000000000000000000000000000000000000000000000000000000", // reserved
            "10000005", // application context item, table 9-12
            "312e322e33", // "1.2.3"
            "20000014", // presentation context item, table 9-13
            "01000000", // id 1, reserved
            "30000003", // abstract syntax sub-item, table 9-14
            "312e31", // "1.1"
            "40000005", // transfer syntax sub-item, table 9-15
            "312e322e34", // "1.2.4"
            "50000015", // user information item, table 9-16
            "51000004", // maximum length sub-item, annex D.1
            "00004000", // 16384
            "52000003", // implementation class UID, PS3.7 annex D.3.3.2
            "312e39", // "1.9"
            "55000002", // implementation version name
            "5631"); // "V1"

    private static final AssociateRq RQ = new AssociateRq(
            1,
            "PRELIM          ",
            "MODALITY        ",
            "1.2.3",
            List.of(new ProposedContext(1, "1.1", List.of("1.2.4"))),
            new UserInformation(16384, "1.9", "V1"));

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static Pdu decode(byte[] unit) throws PduException {
        return PduDecoder.decode(PduType.of(unit[0]), ByteBuffer.wrap(unit, 6, unit.length - 6));
    }

    @Test
    void associateRq() throws PduException {
        byte[] unit = hex(ASSOCIATE_RQ);

        assertThat(decode(unit)).isEqualTo(RQ);
        assertThat(HexFormat.of().formatHex(PduEncoder.encode(RQ))).isEqualTo(ASSOCIATE_RQ);
        assertThat(ByteBuffer.wrap(unit).getInt(2)).isEqualTo(unit.length - 6);
    }

    @Test
    void associateAc() throws PduException {
        AssociateAc ac = new AssociateAc(
                1,
                RQ.calledAeTitle(),
                RQ.callingAeTitle(),
                "1.2.3",
                List.of(new ContextResult(1, 0, "1.2.4"), new ContextResult(3, 4, "1.2.5")),
                new UserInformation(0xFFFFFFFFL, "1.9", ""));

        byte[] unit = PduEncoder.encode(ac);

        assertThat(decode(unit)).isEqualTo(ac);
        // table 9-18: type, reserved, length, id, reserved, result, reserved, then the transfer syntax
        assertThat(HexFormat.of().formatHex(unit)).contains("2100000d" + "03000400" + "40000005" + "312e322e35");
    }

    @Test
    void operationsWindow() throws PduException {
        AssociateRq rq = new AssociateRq(
                1,
                RQ.calledAeTitle(),
                RQ.callingAeTitle(),
                "1.2.3",
                RQ.contexts(),
                new UserInformation(0, "", "").withWindow(new OperationsWindow(0, 0xFFFF)));

        byte[] unit = PduEncoder.encode(rq);

        assertThat(decode(unit)).isEqualTo(rq);
        // PS3.7 table D.3-7: type, reserved, length, operations invoked, operations performed
        assertThat(HexFormat.of().formatHex(unit)).endsWith("53000004" + "0000" + "ffff");
        // one operation at a time is what the missing item says
        assertThat(HexFormat.of().formatHex(PduEncoder.encode(RQ))).doesNotContain("53000004");
    }

    @Test
    void anOperationsWindowOfAnotherLengthIsRefused() {
        byte[] unit = hex(ASSOCIATE_RQ.replace("5500000256" + "31", "530000020001"));

        assertThatThrownBy(() -> decode(unit)).hasMessageContaining("operations window is not four bytes (2)");
    }

    /** A request's user information with further sub-items after those of {@link #ASSOCIATE_RQ}. */
    private static byte[] withUserItems(String hex) {
        int more = hex.length() / 2;
        return hex(ASSOCIATE_RQ
                        .replace("0000007e", "%08x".formatted(0x7E + more))
                        .replace("50000015", "5000%04x".formatted(0x15 + more))
                + hex);
    }

    @Test
    void roleSelection() throws PduException {
        String items = String.join(
                "",
                "5400" + "0007", // role selection sub-item, PS3.7 table D.3-9, 7 bytes
                "0003" + "312e31", // SOP class UID of 3 bytes, "1.1"
                "00" + "01", // the requestor is no SCU, but an SCP
                "5400" + "0009",
                "0005" + "312e322e33", // "1.2.3"
                "01" + "01"); // both
        AssociateRq rq = new AssociateRq(
                1,
                RQ.calledAeTitle(),
                RQ.callingAeTitle(),
                "1.2.3",
                RQ.contexts(),
                RQ.user()
                        .withRoles(List.of(
                                new Pdu.RoleSelection("1.1", false, true),
                                new Pdu.RoleSelection("1.2.3", true, true))));

        assertThat(decode(withUserItems(items))).isEqualTo(rq);
        assertThat(PduEncoder.encode(rq)).isEqualTo(withUserItems(items));
    }

    @Test
    void userIdentityIsReadAndItsSecretIsNotKept() throws PduException {
        String items = String.join(
                "",
                "5800" + "000e", // user identity sub-item, PS3.7 table D.3-14, 14 bytes
                "02", // user name and passcode
                "01", // positive response requested
                "0004" + "75736572", // primary field, "user"
                "0004" + "70617373"); // secondary field, "pass"

        AssociateRq rq = (AssociateRq) decode(withUserItems(items));

        assertThat(rq.user().identity()).isEqualTo(new Pdu.UserIdentity(2, true));
        assertThat(rq.toString()).doesNotContain("user,", "pass,", "75736572");
        assertThat(rq.contexts()).isEqualTo(RQ.contexts());
    }

    @Test
    void extendedNegotiationIsPassedOver() throws PduException {
        String items = String.join(
                "",
                "5600" + "0007", // SOP class extended negotiation, PS3.7 table D.3-11
                "0003" + "312e31", // SOP class UID "1.1"
                "01" + "00", // service class application information, of any form
                "5700" + "0010", // SOP class common extended negotiation, PS3.7 table D.3-12
                "0003" + "312e31", // SOP class UID "1.1"
                "0003" + "312e32", // service class UID "1.2"
                "0004" + "0002" + "312e"); // related general SOP classes

        assertThat(decode(withUserItems(items))).isEqualTo(RQ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "54000002" + "0003", // a UID longer than its item
                "54000001" + "00", // a length cut short
                "54000006" + "0003312e31" + "01", // one role only
                "54000008" + "0003312e31" + "010101", // three roles
                "58000001" + "01", // an identity without its flag
                "58000004" + "01010005", // a field longer than its item
                "58000004" + "01010000" // no secondary field
            })
    void subItemsThatDoNotHoldWhatTheyMustAreRefused(String hex) {
        assertThatThrownBy(() -> decode(withUserItems(hex)))
                .isInstanceOfSatisfying(
                        PduException.class, e -> assertThat(e.reason()).isEqualTo(6));
    }

    @Test
    void moreRoleSelectionsThanContextsAreDropped() throws PduException {
        AssociateRq rq = (AssociateRq) decode(withUserItems(("54000007" + "0003312e31" + "0100").repeat(1000)));

        assertThat(rq.user().roles()).hasSize(PduDecoder.MAX_CONTEXTS);
    }

    @Test
    void fourByteUnits() throws PduException {
        assertThat(PduEncoder.encode(new Pdu.AssociateRj(1, 1, 7)))
                .isEqualTo(hex("03" + "00" + "00000004" + "00" + "01" + "01" + "07")); // table 9-21
        assertThat(PduEncoder.encode(new Pdu.ReleaseRq())).isEqualTo(hex("05000000000400000000")); // table 9-24
        assertThat(PduEncoder.encode(new Pdu.ReleaseRp())).isEqualTo(hex("06000000000400000000")); // table 9-25
        assertThat(PduEncoder.encode(new Pdu.Abort(2, 6)))
                .isEqualTo(hex("07" + "00" + "00000004" + "0000" + "02" + "06")); // table 9-26
        for (Pdu pdu :
                List.of(new Pdu.AssociateRj(2, 3, 2), new Pdu.ReleaseRq(), new Pdu.ReleaseRp(), new Pdu.Abort(2, 1))) {
            assertThat(decode(PduEncoder.encode(pdu))).isEqualTo(pdu);
        }
    }

    @Test
    void dataHeader() {
        byte[] header = new byte[12];

        PduEncoder.dataHeader(header, 0, 5, true, true, 10);

        assertThat(header)
                .isEqualTo(hex("04" + "00" + "00000010" // P-DATA-TF of 16 bytes, table 9-22
                        + "0000000c" // value of 12 bytes, table 9-23
                        + "05" // context
                        + "03")); // command, last: annex E.2
    }

    @Test
    void anyCutIsRefusedByType() {
        byte[] unit = hex(ASSOCIATE_RQ);
        int refused = 0;
        for (int cut = 6; cut < unit.length; cut++) {
            try {
                // a cut between items leaves a request that lacks them
                assertThat(((AssociateRq) decode(Arrays.copyOf(unit, cut))).calledAeTitle())
                        .isEqualTo(RQ.calledAeTitle());
            } catch (PduException e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(unit.length - 6 - 3);
    }

    @Test
    void anItemThatClaimsTooMuchIsRefused() {
        byte[] unit = hex(ASSOCIATE_RQ.replace("10000005", "1000ffff"));

        assertThatThrownBy(() -> decode(unit))
                .isInstanceOfSatisfying(
                        PduException.class, e -> assertThat(e.reason()).isEqualTo(6))
                .hasMessageContaining("item longer than what holds it (65535)");
    }

    @Test
    void unknownItemsArePassedOver() throws PduException {
        // PS3.8 section 9.3.1: items not recognised are ignored
        byte[] unit = hex(ASSOCIATE_RQ.replace("10000005312e322e33", "10000005312e322e33" + "99000002abcd"));

        assertThat(decode(unit)).isEqualTo(RQ);
    }

    @Test
    void noiseIsDecodedOrRefusedAndNothingElse() {
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] unit = hex(ASSOCIATE_RQ);
            for (int change = random.nextInt(6); change >= 0; change--) {
                unit[6 + random.nextInt(unit.length - 6)] = (byte) random.nextInt();
            }
            try {
                decode(unit);
            } catch (PduException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 19_999);
    }

    @Test
    void printable() {
        assertThat(Printable.of(" A\u0000B\n\u00e9 \u0000")).isEqualTo("A?B??");
        assertThat(Printable.of("   ")).isEmpty();
    }
}
