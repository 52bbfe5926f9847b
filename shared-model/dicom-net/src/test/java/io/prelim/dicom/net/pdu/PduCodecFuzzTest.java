package io.prelim.dicom.net.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prelim.testkit.dimse.Units;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A unit is read, or refused as {@link PduException}, nothing else; what was read is the same when it is written and read again. */
class PduCodecFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                Units.associateRq(
                        "PRELIM", "MODALITY", 16384, Units.context(1, "1.2.840.10008.1.1", "1.2.840.10008.1.2")),
                Units.associateRqOfWindow("PRELIM", "MODALITY", 0, 3, 1, Units.context(3, "1.2", "1.3", "1.4")),
                Units.associateAc("PRELIM", "MODALITY", 16384, "1.2.840.10008.1.2", "1.2.840.10008.1.2.1"),
                HexFormat.of().parseHex("030000000004" + "00010107"), // rejection
                HexFormat.of().parseHex(Units.RELEASE_RQ.replace(" ", "")),
                HexFormat.of().parseHex(Units.RELEASE_RP.replace(" ", "")),
                HexFormat.of().parseHex("070000000004" + "00000206")); // abort
    }

    @MethodSource("seeds")
    @FuzzTest
    void aUnitIsReadOrRefused(byte[] unit) {
        PduType type = unit.length < PduEncoder.HEADER_LENGTH ? null : PduType.of(unit[0] & 0xFF);
        if (type == null || type == PduType.P_DATA_TF) {
            return;
        }
        Pdu read;
        try {
            read = PduDecoder.decode(
                    type, ByteBuffer.wrap(unit, PduEncoder.HEADER_LENGTH, unit.length - PduEncoder.HEADER_LENGTH));
        } catch (PduException e) {
            assertThat(e.reason()).isBetween(0, 6);
            return;
        }
        Pdu expected = withoutIdentity(read);
        byte[] written = PduEncoder.encode(expected);
        assertThat(PduType.of(written[0])).isEqualTo(type);
        assertThat(ByteBuffer.wrap(written).getInt(2)).isEqualTo(written.length - PduEncoder.HEADER_LENGTH);
        try {
            assertThat(PduDecoder.decode(
                            type,
                            ByteBuffer.wrap(
                                    written, PduEncoder.HEADER_LENGTH, written.length - PduEncoder.HEADER_LENGTH)))
                    .isEqualTo(expected);
        } catch (PduException e) {
            throw new AssertionError("what was written is refused", e);
        }
    }

    /** A user's identity holds secrets: it is looked at and never written. */
    private static Pdu withoutIdentity(Pdu pdu) {
        if (pdu instanceof Pdu.AssociateRq rq) {
            return new Pdu.AssociateRq(
                    rq.protocolVersion(),
                    rq.calledAeTitle(),
                    rq.callingAeTitle(),
                    rq.applicationContext(),
                    rq.contexts(),
                    withoutIdentity(rq.user()));
        }
        if (pdu instanceof Pdu.AssociateAc ac) {
            return new Pdu.AssociateAc(
                    ac.protocolVersion(),
                    ac.calledAeTitle(),
                    ac.callingAeTitle(),
                    ac.applicationContext(),
                    ac.contexts(),
                    withoutIdentity(ac.user()));
        }
        return pdu;
    }

    private static Pdu.UserInformation withoutIdentity(Pdu.UserInformation user) {
        return new Pdu.UserInformation(
                user.maxPduLength(),
                user.implementationClassUid(),
                user.implementationVersionName(),
                user.window(),
                user.roles(),
                null);
    }
}
