package io.prelim.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.mllp.MalformedFrame.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MllpReaderTest {
    private static final int LONGEST = 1000;

    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void blocksOneAfterTheOther() throws IOException {
        MllpReader reader = reader("\u000bone\u001c\r\u000b\u001c\r\r\n\u000btwo\rlines\u001c\r");

        assertThat(text(reader.next())).isEqualTo("one");
        assertThat(text(reader.next())).isEmpty();
        assertThat(text(reader.next())).isEqualTo("two\rlines");
        assertThat(reader.next()).isNull();
        assertThat(begun).hasValue(3);
    }

    @Test
    void aMessageMayBeAsLongAsTheLongest() throws IOException {
        String longest = "x".repeat(LONGEST);

        assertThat(text(reader("\u000b" + longest + "\u001c\r").next())).isEqualTo(longest);
    }

    @ParameterizedTest
    @CsvSource({
        "MSH|^, NO_START, 0", // no start block byte
        "'\u000bab', CUT, 2", // the stream ends inside
        "'\u000bab\u001c', CUT, 2", // and before the carriage return
        "'\u000bab\u001ccd', NO_END, 2", // something else behind the end block byte
        "'\u000b\u000bab\u001c\n', NO_END, 3"
    })
    void whatIsNoBlock(String bytes, Kind kind, int at) {
        MalformedFrame malformed =
                catchThrowableOfType(MalformedFrame.class, () -> reader(bytes).next());

        assertThat(malformed.kind()).isEqualTo(kind);
        assertThat(malformed).hasMessage(kind + " at byte " + at);
        assertThat(malformed.received()).isEmpty();
    }

    @Test
    void anEndlessBlockEndsAtTheLongestAndItsBeginningIsKept() {
        String endless = "MSH|" + "x".repeat(10 * LONGEST);

        MalformedFrame malformed = catchThrowableOfType(
                MalformedFrame.class, () -> reader("\u000b" + endless).next());

        assertThat(malformed.kind()).isEqualTo(Kind.TOO_LONG);
        assertThat(text(malformed.received())).isEqualTo(endless.substring(0, LONGEST));
    }

    private MllpReader reader(String bytes) {
        return new MllpReader(
                new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)), LONGEST, begun::incrementAndGet);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
