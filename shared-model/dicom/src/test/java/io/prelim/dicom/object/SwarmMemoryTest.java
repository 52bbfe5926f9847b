package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the costliest inputs take once they are read: swarms of the least that the encoding allows. */
class SwarmMemoryTest {
    private static final int UNDEFINED = -1;
    private static final int NESTED = 60;

    /** Appends one of a swarm; the number tells it from its neighbours. */
    private interface Unit {
        void append(Wire wire, int number);
    }

    /** A swarm, and how many times its bytes it may take in memory. */
    private enum Swarm {
        ITEMS(300_000, 4, true, (wire, number) -> wire.item(0)),
        ITEMS_WITH_DELIMITERS(
                200_000, 4, true, (wire, number) -> wire.item(UNDEFINED).endItem()),
        ITEMS_OF_AN_EMPTY_ELEMENT(
                200_000, 4, true, (wire, number) -> wire.item(8).element(number, 0)),
        ITEMS_OF_AN_EMPTY_SEQUENCE(
                200_000, 4, true, (wire, number) -> wire.item(8).sequence(0)),
        ITEMS_OF_TWO_EMPTY_ELEMENTS(
                150_000,
                4.2,
                true,
                (wire, number) -> wire.item(16).element(1, 0).element(2, 0)),
        ITEMS_OF_THREE_EMPTY_ELEMENTS(
                100_000,
                4.2,
                true,
                (wire, number) -> wire.item(24).element(1, 0).element(2, 0).element(3, 0)),
        ITEMS_OF_SIX_EMPTY_ELEMENTS(50_000, 4, true, (wire, number) -> {
            wire.item(48);
            for (int i = 0; i < 6; i++) {
                wire.element(i, 0);
            }
        }),
        ELEMENTS_WITHOUT_VALUE(300_000, 4, false, (wire, number) -> wire.element(number, 0)),
        ELEMENTS_OF_ONE_BYTE(300_000, 4, false, (wire, number) -> wire.element(number, 1)),
        ELEMENTS_OF_TWO_BYTES(300_000, 4, false, (wire, number) -> wire.element(number, 2)),
        ELEMENTS_OF_SIX_BYTES(200_000, 4, false, (wire, number) -> wire.element(number, 6)),
        ELEMENTS_OF_EIGHT_BYTES(200_000, 4, false, (wire, number) -> wire.element(number, 8)),
        ELEMENTS_IN_FALLING_ORDER(300_000, 4, false, (wire, number) -> wire.element(1_000_000 - number, 0)),
        SEQUENCES_OF_AN_ITEM(
                200_000, 4, true, (wire, number) -> wire.item(16).sequence(8).item(0)),
        SEQUENCES_OF_TWO_ITEMS(
                100_000,
                4,
                true,
                (wire, number) -> wire.item(24).sequence(16).item(0).item(0)),
        SEQUENCES_IN_EACH_OTHER(4_000, 4, true, (wire, number) -> {
            int inner = 16 * NESTED;
            wire.item(inner);
            for (int i = 0; i < NESTED; i++) {
                wire.sequence(inner - 8).item(inner - 16);
                inner -= 16;
            }
        }),
        SEQUENCES_IN_EACH_OTHER_WITH_DELIMITERS(3_000, 4, true, (wire, number) -> {
            wire.item(UNDEFINED);
            for (int i = 0; i < NESTED; i++) {
                wire.sequence(UNDEFINED).item(UNDEFINED);
            }
            for (int i = 0; i < NESTED; i++) {
                wire.endItem().endSequence();
            }
            wire.endItem();
        });

        private final int count;
        private final double most;
        private final boolean inItems;
        private final Unit unit;

        Swarm(int count, double most, boolean inItems, Unit unit) {
            this.count = count;
            this.most = most;
            this.inItems = inItems;
            this.unit = unit;
        }

        byte[] bytes() {
            Wire wire = new Wire();
            if (inItems) {
                wire.sequence(UNDEFINED);
            }
            for (int i = 0; i < count; i++) {
                unit.append(wire, i);
            }
            if (inItems) {
                wire.endSequence();
            }
            return wire.bytes();
        }
    }

    /** Implicit VR little endian, the tersest encoding (PS3.5 sections 7.1.3 and 7.5). */
    private static final class Wire {
        private ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

        Wire element(int number, int length) {
            return header(Tag.of(0x0011 + 2 * (number >>> 16), number & 0xFFFF), length)
                    .value(length);
        }

        Wire sequence(int length) {
            return header(Tag.PROCEDURE_CODE_SEQUENCE, length);
        }

        Wire item(int length) {
            return header(Tag.ITEM, length);
        }

        Wire endItem() {
            return header(Tag.ITEM_DELIMITATION, 0);
        }

        Wire endSequence() {
            return header(Tag.SEQUENCE_DELIMITATION, 0);
        }

        private Wire header(int tag, int length) {
            if (buffer.remaining() < 64) {
                buffer = ByteBuffer.allocate(2 * buffer.capacity())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(buffer.flip());
            }
            buffer.putShort((short) Tag.group(tag))
                    .putShort((short) Tag.element(tag))
                    .putInt(length);
            return this;
        }

        private Wire value(int length) {
            buffer.position(buffer.position() + length);
            return this;
        }

        byte[] bytes() {
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    @ParameterizedTest
    @EnumSource(Swarm.class)
    void takesNoMoreThanFourTimesItsBytes(Swarm swarm) throws IOException {
        byte[] bytes = swarm.bytes();
        double least = Double.MAX_VALUE;
        // what else lives in this process may grow in one attempt, not in all of them
        for (int attempt = 0; attempt < 3; attempt++) {
            least = Math.min(least, retained(bytes) / (double) bytes.length);
        }

        assertThat(least).isPositive().isLessThanOrEqualTo(swarm.most);
    }

    private static long retained(byte[] bytes) throws IOException {
        long before = used();
        DataSet dataSet = read(bytes);
        long after = used();
        Reference.reachabilityFence(dataSet);
        return after - before;
    }

    /** Bytes of all objects alive, whatever the collector makes of them: the last line of the histogram of classes. */
    private static long used() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            String total = histogram.substring(histogram.lastIndexOf("Total")).strip();
            return Long.parseLong(total.split("\\s+")[2]);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataSet read(byte[] bytes) throws IOException {
        return DataSetReader.read(
                new ByteArrayInputStream(bytes), TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource(value = Swarm.class, mode = EnumSource.Mode.EXCLUDE, names = "ELEMENTS_IN_FALLING_ORDER")
    void isWrittenAsItWasRead(Swarm swarm) throws IOException {
        byte[] bytes = swarm.bytes();
        ByteArrayOutputStream written = new ByteArrayOutputStream(bytes.length);

        DataSetWriter.write(read(bytes), TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, written);

        assertThat(Arrays.equals(written.toByteArray(), bytes)).isTrue();
    }
}
