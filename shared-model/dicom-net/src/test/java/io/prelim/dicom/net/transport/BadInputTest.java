package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.AbortCause;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input M01 to M03 through the DIMSE entrance, with the exact answer to each. */
class BadInputTest extends ScriptedServer {
    // M01: length lies and truncation

    @Test
    @BadInput(id = "M01", entrance = Entrance.DIMSE, answer = "AB(0,0)")
    void m01LengthLieBeforeAssociation() throws IOException {
        peer.send("01 00 ffffffff 0001").expect(ABORT_0_0);
        peer.endOutput();
        peer.expectClose();
        aborted(AbortCause.Kind.PROTOCOL_ERROR);
    }

    @Test
    @BadInput(id = "M01", entrance = Entrance.DIMSE, answer = "AB(0,0)")
    void m01ItemLengthLieBeforeAssociation() throws IOException {
        byte[] request = Units.associateRq("PRELIM", "MODALITY", 16384, ECHO_CONTEXT);
        request[6 + 68 + 2] = (byte) 0xFF; // length of the application context item

        peer.send(request).expect(ABORT_0_0);
    }

    @Test
    @BadInput(id = "M01", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m01LengthLieAfterAssociation() throws IOException {
        associate();

        peer.send("04 00 ffffffff 00000004 01 03 0000").expect(ABORT_2_6);
        aborted(AbortCause.Kind.PROTOCOL_ERROR);
    }

    @Test
    @BadInput(id = "M01", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m01ReleaseOfAnotherLength() throws IOException {
        associate();

        peer.send("05 00 00000005 00000000 00").expect(ABORT_2_6);
    }

    @Test
    @BadInput(id = "M01", entrance = Entrance.DIMSE, answer = "closed, nothing kept")
    void m01TruncatedUnitInsideAnObject() throws IOException {
        beginStore();

        peer.send("04 00 00001000 00000ffc 03 02 00000000").endOutput();

        aborted(AbortCause.Kind.CONNECTION_LOST);
        cutShort();
    }

    @Test
    @BadInput(id = "M01", entrance = Entrance.DIMSE, answer = "closed")
    void m01ConnectionClosedBeforeAWord() throws IOException {
        peer.close();

        aborted(AbortCause.Kind.CONNECTION_LOST);
    }

    // M02: presentation data values

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04 00 00000006 00000000 01 03", // length zero
                "04 00 00000006 00000001 01 03", // too short for its own header
                "04 00 00000008 ffffffff 01 03 0000", // overflow
                "04 00 00000008 00000005 01 03 0000", // one beyond its unit
                "04 00 00000000", // a unit without a value
                "04 00 0000000a 00000004 01 01 0000 0000" // a second value cut short by its unit
            })
    @BadInput(id = "M02", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m02ValueLengths(String unit) throws IOException {
        associate();

        peer.send(unit).expect(ABORT_2_6);
    }

    @Test
    @BadInput(id = "M02", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m02ContextThatWasNotAccepted() throws IOException {
        associate();

        peer.send(Units.data(5, true, true, Units.echoRq(1))).expect(ABORT_2_6);
    }

    @Test
    @BadInput(id = "M02", entrance = Entrance.DIMSE, answer = "AB(2,6), nothing kept")
    void m02CommandInsideADataSet() throws IOException {
        beginStore();

        peer.send(Units.data(3, true, true, Units.echoRq(2))).expect(ABORT_2_6);
        cutShort();
    }

    @Test
    @BadInput(id = "M02", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m02DataWhereACommandIsDue() throws IOException {
        associate();

        peer.send(Units.data(3, false, true, new byte[10])).expect(ABORT_2_6);
    }

    @Test
    @BadInput(id = "M02", entrance = Entrance.DIMSE, answer = "AB(2,6), nothing kept")
    void m02ContextThatChangesInsideAMessage() throws IOException {
        beginStore();

        peer.send(Units.data(1, false, true, new byte[10])).expect(ABORT_2_6);
        cutShort();
    }

    @Test
    @BadInput(id = "M02", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m02CommandSetWithoutEnd() throws IOException {
        associate();
        byte[] unit = Units.data(1, true, false, new byte[16_000]);
        for (int i = 0; i < 4; i++) {
            peer.send(unit);
        }

        peer.send(unit).expect(ABORT_2_6);
    }

    @Test
    @BadInput(id = "M02", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void m02CommandSetThatIsNone() throws IOException {
        associate();

        peer.send(Units.data(1, true, true, "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)))
                .expect(ABORT_2_6);
    }

    // M03: out of sequence

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04 00 00000008 00000004 01 03 0000",
                "05 00 00000004 00000000",
                "06 00 00000004 00000000",
                "03 00 00000004 00010101",
                "00 00 00000004 00000000",
                "47 45 54202f20 4854" // GET / HTTP
            })
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "AB(0,0)")
    void m03BeforeAssociation(String unit) throws IOException {
        peer.send(unit).expect(ABORT_0_0);
    }

    @Test
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "AB(2,2)")
    void m03SecondRequest() throws IOException {
        associate();

        peer.send(Units.associateRq("PRELIM", "MODALITY", 16384, ECHO_CONTEXT)).expect(ABORT_2_2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"06 00 00000004 00000000", "03 00 00000004 00010101"})
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "AB(2,2)")
    void m03AfterAssociation(String unit) throws IOException {
        associate();

        peer.send(unit).expect(ABORT_2_2);
    }

    @Test
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "AB(2,2), nothing kept")
    void m03ReleaseInsideAnObject() throws IOException {
        beginStore();

        peer.send(Units.RELEASE_RQ).expect(ABORT_2_2);
        cutShort();
    }

    @Test
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "AB(2,1)")
    void m03UnknownUnitAfterAssociation() throws IOException {
        associate();

        peer.send("99 00 00000004 00000000").expect(ABORT_2_1);
    }

    @Test
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "AB(0,0)")
    void m03NoiseEndsTheAssociationOnly() throws IOException {
        byte[] noise = new byte[250];
        new Random(38).nextBytes(noise);
        noise[0] = 0x5A;

        peer.send(noise).expect(ABORT_0_0);
    }

    @Test
    @BadInput(id = "M03", entrance = Entrance.DIMSE, answer = "closed, nothing kept")
    void m03AbortInsideAnObject() throws IOException {
        beginStore();

        peer.send("07 00 00000004 0000 00 00");

        aborted(AbortCause.Kind.PEER_ABORTED);
        cutShort();
    }
}
