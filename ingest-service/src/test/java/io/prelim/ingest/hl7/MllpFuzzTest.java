package io.prelim.ingest.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prelim.ingest.fixture.Engine;
import io.prelim.mllp.MalformedFrame;
import io.prelim.mllp.MllpBlock;
import io.prelim.mllp.MllpReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes are MLLP blocks or a {@link MalformedFrame}, the same however they come: whole, or byte by byte; blocks written again are the
 * blocks. What is in a block is a message or refused, and whatever it says its answer is a block of three segments at most.
 */
class MllpFuzzTest {
    private static final int LONGEST = 2000;

    /** @param malformed null when the stream was read to its end */
    private record Reading(List<String> messages, MalformedFrame.Kind malformed) {}

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "\u000b" + Engine.message("ADT^A40", "1", "PID|||1^^^A~2||B^C", "MRG|3") + "\u001c\r",
                        "\u000bMSH|^~\\&|A|B\\T\\\\S\\\\X0D\\|C|D|20260102||ORM^O01|7|P|2.3||||||8859/1\r"
                                + "ORC|NW|1\rOBR|1\u001c\r\r\n\u000bMSH\u001c\r",
                        "\u000b\u001c\r\u000b\u001cx")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void bytesAreBlocksOrRefused(byte[] input) throws IOException {
        Reading whole = read(new ByteArrayInputStream(input));
        Reading byteByByte = read(new ByteArrayInputStream(input) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(1, length));
            }
        });
        assertThat(byteByByte).isEqualTo(whole);
        assertThat(whole.messages()).noneMatch(message -> message.indexOf(MllpBlock.END) >= 0);

        ByteArrayOutputStream again = new ByteArrayOutputStream();
        whole.messages().forEach(message -> again.writeBytes(Engine.frame(bytes(message))));
        assertThat(read(new ByteArrayInputStream(again.toByteArray()))).isEqualTo(new Reading(whole.messages(), null));
        for (String message : whole.messages()) {
            answered(bytes(message));
        }
    }

    private static void answered(byte[] message) {
        Refusal refusal = null;
        try {
            Hl7Message parsed = Hl7Message.parse(message, "8859/1");
            for (Segment segment : parsed.segments()) {
                String value = segment.value(3, 1);
                assertThat(value).doesNotContain("\r", "\n", "\u0000");
                assertThat(segment.repetitions(3, 10)).isBetween(0, 10);
            }
        } catch (Refusal.Refused e) {
            refusal = e.refusal();
            assertThat(refusal.code()).isEqualTo(Refusal.Code.AR);
        }
        Segment header = Hl7Message.header(message).orElse(null);
        String answer = new String(Acknowledgement.of(header, refusal, Instant.EPOCH), StandardCharsets.ISO_8859_1);
        assertThat(answer).startsWith("MSH|^~\\&|").doesNotContain("\u001c", "\u000b");
        assertThat(answer.split("\r")).hasSize(refusal == null ? 2 : 3);
    }

    private static Reading read(InputStream in) throws IOException {
        List<String> messages = new ArrayList<>();
        MllpReader reader = new MllpReader(in, LONGEST, () -> {});
        try {
            for (byte[] next = reader.next(); next != null; next = reader.next()) {
                messages.add(new String(next, StandardCharsets.ISO_8859_1));
            }
            return new Reading(messages, null);
        } catch (MalformedFrame e) {
            assertThat(e.getMessage()).isNotBlank();
            return new Reading(messages, e.kind());
        }
    }

    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.ISO_8859_1);
    }
}
