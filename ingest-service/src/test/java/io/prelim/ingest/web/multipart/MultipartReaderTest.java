package io.prelim.ingest.web.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.ingest.web.multipart.MalformedMultipart.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2046 section 5.1, byte by byte and in pieces of any size. */
class MultipartReaderTest {
    private static final MultipartLimits LIMITS = new MultipartLimits(100, 1024, 10 << 20);

    @Test
    void partsComeInOrderWithTheirHeaders() throws Exception {
        MultipartReader reader =
                reader("--b\r\nContent-Type: application/dicom\r\nX-Long: one\r\n  two\r\n\r\nfirst\r\n"
                        + "--b \t\r\n\r\nsecond\r\n\r\n--b--");

        Part first = reader.next();
        assertThat(first.header("content-type")).isEqualTo("application/dicom");
        assertThat(first.header("x-long")).isEqualTo("one two");
        assertThat(text(first)).isEqualTo("first");
        Part second = reader.next();
        assertThat(second.headers()).isEmpty();
        assertThat(text(second)).isEqualTo("second\r\n");
        assertThat(reader.next()).isNull();
        assertThat(reader.next()).isNull();
        assertThat(reader.parts()).isEqualTo(2);
    }

    @Test
    void whatSurroundsThePartsIsPassedOver() throws Exception {
        assertThat(read("preamble, not a --b\r\n--b\r\n\r\nx\r\n--b--\r\nepilogue --b\r\n--b\r\n", "b"))
                .containsExactly("x");
    }

    @Test
    void emptyBodies() throws Exception {
        assertThat(read("--b\r\n\r\n\r\n--b--", "b")).as("a body of no bytes").containsExactly("");
        assertThat(read("--b\r\n\r\n--b\r\nA: b\r\n\r\n--b--", "b"))
                .as("no body at all")
                .containsExactly("", "");
        assertThat(read("--b--\r\n", "b")).as("no part").isEmpty();
    }

    @Test
    void whatLooksLikeADelimiterIsNone() throws Exception {
        String body = "\n--b\r--b\r\n-b\r\n--c\r\n\r\n--\r\n- -b";
        assertThat(read("--b\r\n\r\n" + body + "\r\n--b--", "b")).containsExactly(body);
        assertThat(read("--aab\r\n\r\n\r\n--aa\r\n--aaab\r\n--aab--", "aab"))
                .as("overlapping beginnings")
                .containsExactly("\r\n--aa\r\n--aaab");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 40, 41, 1000, 200_000})
    void randomBytesComeWhole(int piece) throws Exception {
        String boundary = "gc0p4Jq0M2Yt08jU534c0p";
        List<byte[]> bodies = new ArrayList<>();
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        Random random = new Random(piece);
        for (int size : new int[] {0, 1, 127, 65_536, 300_001}) {
            byte[] body = new byte[size];
            random.nextBytes(body);
            // beginnings of a delimiter at the end, where buffers meet
            for (int i = 0; i + 30 < size; i += 4093) {
                System.arraycopy(("\r\n--" + boundary).getBytes(), 0, body, i, 3 + i % 20);
            }
            bodies.add(body);
            out.writeBytes(("\r\n--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n").getBytes());
            out.writeBytes(body);
        }
        out.writeBytes(("\r\n--" + boundary + "--").getBytes());

        MultipartReader reader = new MultipartReader(inPieces(out.toByteArray(), piece), boundary, LIMITS);

        for (byte[] body : bodies) {
            assertThat(reader.next().body().readAllBytes()).isEqualTo(body);
        }
        assertThat(reader.next()).isNull();
    }

    @Test
    void aPartNotReadToItsEndIsPassedOver() throws Exception {
        MultipartReader reader = reader("--b\r\n\r\n" + "x".repeat(300_000) + "\r\n--b\r\n\r\ny\r\n--b--");

        Part first = reader.next();
        assertThat(first.body().read()).isEqualTo('x');
        Part second = reader.next();

        assertThat(text(second)).isEqualTo("y");
        assertThatThrownBy(() -> first.body().read()).isInstanceOf(IOException.class);
    }

    @Test
    void aBodyThatIsCutIsTruncatedWhereverItIs() throws Exception {
        String whole = "--b\r\nContent-Type: application/dicom\r\n\r\nsome bytes\r\n--b\r\n\r\nmore\r\n--b--";
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            malformed(Kind.TRUNCATED, () -> read(cut, "b"));
        }
    }

    @Test
    void brokenHeadersAreRefused() {
        malformed(Kind.SYNTAX, () -> read("--b\r\nno field\r\n\r\nx\r\n--b--", "b"));
        malformed(Kind.SYNTAX, () -> read("--b\r\n: no name\r\n\r\nx\r\n--b--", "b"));
        malformed(Kind.SYNTAX, () -> read("--b\r\nname : space\r\n\r\nx\r\n--b--", "b"));
        malformed(Kind.SYNTAX, () -> read("--b\r\n continuation\r\n\r\nx\r\n--b--", "b"));
        malformed(Kind.SYNTAX, () -> read("--b\r\nA: 1\r\na: 2\r\n\r\nx\r\n--b--", "b"));
        malformed(Kind.SYNTAX, () -> read("--b\r\nA: 1\n\nx\r\n--b--", "b"));
        malformed(Kind.SYNTAX, () -> read("--b\r\nA: 1\rB: 2\r\n\r\nx\r\n--b--", "b"));
        malformed(Kind.SYNTAX, () -> read("--b\r\nA: \0\r\n\r\nx\r\n--b--", "b"));
    }

    @Test
    void aDelimitersLineHoldsNothingElse() {
        malformed(Kind.SYNTAX, () -> read("--b\r\n\r\nx\r\n--bc\r\n\r\ny\r\n--b--", "b"));
        malformed(Kind.SYNTAX, () -> read("--b\n\r\nx\r\n--b--", "b"));
        malformed(Kind.SYNTAX, () -> read("--b -\r\n\r\nx\r\n--b--", "b"));
    }

    @Test
    void boundsHold() {
        malformed(Kind.LIMIT, () -> read("--b\r\nA: " + "a".repeat(2000), "b"));
        malformed(Kind.LIMIT, () -> read("--b\r\n" + "A%d: 1\r\n".repeat(1), "b", new MultipartLimits(1, 4, 1000)));
        malformed(Kind.LIMIT, () -> read("--b" + " ".repeat(2000), "b"));
        malformed(Kind.LIMIT, () -> read("--b\r\n\r\n\r\n".repeat(101) + "--b--", "b"));
        malformed(Kind.LIMIT, () -> read("preamble", "b", new MultipartLimits(1, 100, 7)));
        malformed(
                Kind.LIMIT,
                () -> read("--b\r\n\r\nx\r\n--b--" + "e".repeat(1000), "b", new MultipartLimits(1, 100, 999)));
        malformed(Kind.LIMIT, () -> new MultipartReader(endless("\r\n"), "b", LIMITS).next());
        malformed(Kind.LIMIT, () -> {
            MultipartReader reader = new MultipartReader(endless("--b\r\n\r\n\r\n"), "b", LIMITS);
            while (reader.next() != null) {
                // on
            }
        });
    }

    @Test
    void boundariesAreOfASmallAlphabet() throws Exception {
        assertThat(MultipartReader.isBoundary("0aZ'()+_,-./:=? x")).isTrue();
        assertThat(MultipartReader.isBoundary("b".repeat(128))).isTrue();
        for (String none :
                new String[] {null, "", "b".repeat(129), "ends ", "a\"b", "a\r\nb", "a;b", "ä", "a\0b", "[b]"}) {
            assertThat(MultipartReader.isBoundary(none)).as(none).isFalse();
            assertThatThrownBy(() -> new MultipartReader(InputStream.nullInputStream(), none, LIMITS))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(read("--'()+_,-./:=? x\r\n\r\ny\r\n--'()+_,-./:=? x--", "'()+_,-./:=? x"))
                .containsExactly("y");
    }

    private static void malformed(Kind kind, ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        MalformedMultipart.class,
                        refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    private static List<String> read(String body, String boundary) throws IOException {
        return read(body, boundary, LIMITS);
    }

    private static List<String> read(String body, String boundary, MultipartLimits limits) throws IOException {
        MultipartReader reader = new MultipartReader(
                new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)), boundary, limits);
        List<String> parts = new ArrayList<>();
        for (Part part = reader.next(); part != null; part = reader.next()) {
            parts.add(text(part));
        }
        return parts;
    }

    private static MultipartReader reader(String body) {
        return new MultipartReader(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)), "b", LIMITS);
    }

    private static String text(Part part) throws IOException {
        return new String(part.body().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static InputStream endless(String repeated) {
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                return repeated.charAt(at++ % repeated.length());
            }
        };
    }

    private static InputStream inPieces(byte[] bytes, int piece) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, piece));
            }
        };
    }
}
