package io.prelim.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.inference.fixture.TestPackages;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs written field by field (onnx.proto), as no exporter writes them. */
class GraphInspectionTest {
    private static final byte[] BRIGHTNESS = TestPackages.read(TestPackages.graph("brightness.onnx"));

    @Test
    void letsAPlainGraphPass() {
        assertThatCode(() -> GraphInspection.check(BRIGHTNESS)).doesNotThrowAnyException();
        assertThatCode(() -> GraphInspection.check(graph(message(5, dims(2, 3), message(9, new byte[24])))))
                .as("a tensor of 2 × 3 floats")
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outside")
    @BadInput(
            id = "M25",
            entrance = Entrance.MODEL,
            answer = "refused: external data, unknown operators, sparse tensors, functions")
    void refusesWhatReachesOutside(String what, byte[] onnx, String words) {
        assertRefused(onnx, words);
    }

    static Stream<Arguments> outside() {
        byte[] external = varint(14, 1);
        byte[] location = message(13, text(1, "location"), text(2, "../../etc/passwd"));
        byte[] foreign = text(7, "com.example");
        return Stream.of(
                Arguments.of("external data", graph(message(5, external)), "external data"),
                Arguments.of("a location without the flag", graph(message(5, location)), "external data"),
                Arguments.of("external data of an attribute", graph(node(message(5, external))), "external data"),
                Arguments.of("external data of attributes", graph(node(message(10, external))), "external data"),
                Arguments.of(
                        "external data in an inner graph",
                        graph(node(message(6, message(5, external)))),
                        "external data"),
                Arguments.of("an unknown operator", graph(message(1, foreign)), "domain com.example"),
                Arguments.of(
                        "an unknown operator in an inner graph",
                        graph(node(message(11, message(1, foreign)))),
                        "domain com.example"),
                Arguments.of(
                        "an unknown operator set", join(BRIGHTNESS, message(8, text(1, "my.ops"))), "domain my.ops"),
                Arguments.of("a domain that is no name", graph(message(1, text(7, "a\nb"))), "(not a name)"),
                Arguments.of("a compiled context", graph(message(1, text(4, "EPContext"))), "compiled context"),
                Arguments.of("a sparse initializer", graph(message(15, new byte[0])), "sparse tensors"),
                Arguments.of("a sparse attribute", graph(node(message(22, new byte[0]))), "sparse tensors"),
                Arguments.of("sparse attributes", graph(node(message(23, new byte[0]))), "sparse tensors"),
                Arguments.of("a function", join(BRIGHTNESS, message(25, new byte[0])), "functions"),
                Arguments.of("a training graph", join(BRIGHTNESS, message(20, new byte[0])), "training graph"),
                Arguments.of("a second graph", join(BRIGHTNESS, graph(message(5, external))), "external data"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sizes")
    @BadInput(id = "M24", entrance = Entrance.MODEL, answer = "refused: a tensor that claims more than there is")
    void refusesTensorsThatClaimMoreThanThereIs(String what, byte[] dims) {
        assertRefused(graph(message(5, dims, message(9, new byte[24]))), "more values than there are bytes for");
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of("one large", dims(1_000_000)),
                Arguments.of("a product", dims(100, 100)),
                Arguments.of("a product over 64 bits", dims(1L << 32, 1L << 32)),
                Arguments.of("not packed", join(varint(1, 1000), varint(1, 1000))),
                Arguments.of("a zero behind", dims(1_000_000, 0)),
                Arguments.of("below zero", dims(-1)));
    }

    private static void assertRefused(byte[] onnx, String words) {
        ModelFailure refused = catchThrowableOfType(ModelFailure.class, () -> GraphInspection.check(onnx));
        assertThat(refused).isNotNull().hasMessageContaining(words);
    }

    private static byte[] graph(byte[]... fields) {
        return message(7, fields);
    }

    /** A node with an attribute of these fields, in a graph. */
    private static byte[] node(byte[]... attribute) {
        return message(1, message(5, attribute));
    }

    private static byte[] dims(long... values) {
        return message(
                1,
                Stream.of(java.util.Arrays.stream(values).boxed().toArray(Long[]::new))
                        .map(GraphInspectionTest::number)
                        .toArray(byte[][]::new));
    }

    private static byte[] text(int field, String text) {
        return message(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] varint(int field, long value) {
        return join(number(field << 3), number(value));
    }

    private static byte[] message(int field, byte[]... parts) {
        byte[] content = join(parts);
        return join(number(field << 3 | 2), number(content.length), content);
    }

    private static byte[] number(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
