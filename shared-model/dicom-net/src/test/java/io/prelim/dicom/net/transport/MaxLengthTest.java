package io.prelim.dicom.net.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.dimse.Units;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The maximum length of P-DATA-TF (PS3.8 annex D.1), both ways, and what claims of length cost. */
class MaxLengthTest extends ScriptedServer {
    /** What a connection costs whatever it sends: its buffers, a stream, some objects. */
    private static final long FIXED = 512 << 10;

    @ParameterizedTest
    @BadInput(id = "M04", entrance = Entrance.DIMSE, answer = "served, no unit longer than asked for")
    @ValueSource(ints = {0, 8, 9, 10, 64, 100, 16_384, 1 << 20, -1})
    void answersKeepToWhatThePeerTakes(int maxLength) throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", maxLength, ECHO_CONTEXT));
        assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 2);

        peer.send(Units.data(1, true, true, Units.echoRq(1)));

        int bytes = 0;
        byte[] unit;
        do {
            unit = peer.receiveUnit();
            if (maxLength > 0) {
                assertThat(unit.length - 6).isLessThanOrEqualTo(maxLength);
            }
            assertThat((unit.length - 12) % 2).as("fragments are even").isZero();
            bytes += unit.length - 12;
        } while ((unit[11] & 2) == 0);
        assertThat(bytes).isGreaterThan(60);
    }

    @ParameterizedTest
    @BadInput(id = "M04", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    @ValueSource(ints = {1, 7})
    void noDataFitsIntoAShorterOne(int maxLength) throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", maxLength, ECHO_CONTEXT))
                .expect(ABORT_2_6);
    }

    @Test
    @BadInput(id = "M04", entrance = Entrance.DIMSE, answer = "AB(2,6)")
    void aContextIdOfZero() throws IOException {
        peer.send(Units.associateRq("PRELIM", "MODALITY", 0, Units.context(0, CT, IMPLICIT)))
                .expect(ABORT_2_6);
    }

    @Test
    void asManyContextsAsThereAreIds() throws IOException {
        byte[][] contexts = IntStream.range(0, 128)
                .mapToObj(i -> Units.context(2 * i + 1, CT, IMPLICIT))
                .toArray(byte[][]::new);
        peer.send(Units.associateRq("PRELIM", "MODALITY", 0, contexts));
        assertThat(peer.receiveUnit()[0]).isEqualTo((byte) 2);

        peer.send(Units.data(255, true, true, Units.storeRq(1, CT, "1.2.77")));
        peer.send(Units.data(255, false, true, new byte[8]));

        assertThat(Units.status(peer.receiveUnit())).isZero();
        store.objects.remove("1.2.77");
    }

    @Test
    void manySmallValuesInOneUnit() throws IOException {
        associate();
        peer.send(Units.data(3, true, true, Units.storeRq(1, CT, "1.2.78")));
        byte[] values = new byte[1000 * 8];
        for (int i = 0; i < 1000; i++) {
            byte[] value = Arrays.copyOfRange(Units.data(3, false, i == 999, new byte[] {1, 2}), 6, 14);
            System.arraycopy(value, 0, values, i * 8, 8);
        }
        peer.send(Units.unit(4, values));

        assertThat(Units.status(peer.receiveUnit())).isZero();
        assertThat(store.objects.remove("1.2.78")).hasSize(2000);
    }

    /** Bytes that the server's threads have allocated. */
    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("dicom-association"))
                .mapToLong(thread -> Math.max(0, threads.getThreadAllocatedBytes(thread.getId())))
                .sum();
    }

    @Test
    @BadInput(id = "M01", entrance = Entrance.DIMSE, answer = "nothing is allocated for what did not come")
    void aClaimOfLengthCostsNothing() throws IOException {
        peer.send("01 00 00100000 0001"); // a request of a MiB, of which two bytes come
        peer.send(new byte[10_000]);
        peer.endOutput();
        peer.expectClose();

        assertThat(allocated()).isLessThan(4 * 10_000 + FIXED);
    }

    @Test
    void anObjectCostsNothingButItsReceiver() throws IOException {
        associate();
        peer.send(Units.data(3, true, true, Units.storeRq(1, CT, "1.2.79")));
        for (int i = 0; i < 200; i++) {
            peer.send(Units.data(3, false, i == 199, new byte[100_000]));
        }
        assertThat(Units.status(peer.receiveUnit())).isZero();

        // 20 MB: the receiver here gathers them in an array, which makes twice as much again
        assertThat(allocated()).isLessThan(4 * 20_000_000L);
        store.objects.remove("1.2.79");
    }
}
