package io.prelim.ingest.web.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes are parts or a {@link MalformedMultipart}, the same however they come: whole, or byte by byte. No part holds a delimiter, and
 * parts written again are the parts. The text before the first LF is a media type too.
 */
class MultipartFuzzTest {
    private static final String BOUNDARY = "b-b";
    private static final MultipartLimits LIMITS = new MultipartLimits(20, 200, 4096);

    /** @param refused null when the body was read to its end */
    private record Reading(List<String> parts, MalformedMultipart.Kind refused) {}

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "--b-b\r\nContent-Type: application/dicom; a=\"b\\\"c\"\r\n\r\none\r\n--b-b \t\r\n\r\n\r\n--b-\r\n--b-b--\r\nend",
                        "multipart/related; type=\"application/dicom\"; boundary=b-b\n\r\n--b-b\r\nA: 1\r\n 2\r\n\r\n--b-b--",
                        "before\r\n--b-b--")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void bytesArePartsOrRefused(byte[] input) throws IOException {
        Reading whole = read(new ByteArrayInputStream(input));
        Reading byteByByte = read(new ByteArrayInputStream(input) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(1, length));
            }
        });
        assertThat(byteByByte).isEqualTo(whole);
        assertThat(whole.parts()).noneMatch(part -> part.contains("\r\n--" + BOUNDARY));

        List<String> bodies = whole.parts().stream()
                .map(part -> part.substring(part.indexOf('\n') + 1))
                .toList();
        Reading again = read(new ByteArrayInputStream(write(bodies)));
        if (whole.refused() == null && write(bodies).length <= LIMITS.maxBytes()) {
            assertThat(again.refused()).isNull();
            assertThat(again.parts())
                    .isEqualTo(bodies.stream().map(body -> "{}\n" + body).toList());
        }
        String line = new String(input, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        ContentType.parse(line).ifPresent(type -> assertThat(type.type()).contains("/"));
    }

    private static Reading read(InputStream in) throws IOException {
        List<String> parts = new ArrayList<>();
        MultipartReader reader = new MultipartReader(in, BOUNDARY, LIMITS);
        try {
            for (Part part = reader.next(); part != null; part = reader.next()) {
                String headers =
                        part.headers().isEmpty() ? "{}" : "{" + part.headers().size() + "}";
                parts.add(headers + "\n" + new String(part.body().readAllBytes(), StandardCharsets.ISO_8859_1));
            }
            return new Reading(parts, null);
        } catch (MalformedMultipart e) {
            assertThat(e.getMessage()).isNotBlank();
            return new Reading(parts, e.kind());
        }
    }

    private static byte[] write(List<String> bodies) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String body : bodies) {
            out.writeBytes(("--" + BOUNDARY + "\r\n\r\n" + body + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        out.writeBytes(("--" + BOUNDARY + "--").getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }
}
