package io.prelim.ingest.web.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MultipartWriterTest {
    @Test
    void theReaderReadsWhatIsWritten() throws IOException {
        String boundary = MultipartWriter.boundary();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        MultipartWriter writer = new MultipartWriter(boundary, out);
        writer.part("application/dicom; transfer-syntax=1.2", "http://here/1", part -> part.write(new byte[] {13, 10}));
        writer.part("text/plain", null, part -> {});
        writer.end();

        ContentType type = ContentType.parse(MultipartWriter.contentType("application/dicom", boundary))
                .orElseThrow();
        assertThat(type.type()).isEqualTo("multipart/related");
        assertThat(type.parameter("type")).isEqualTo("application/dicom");
        MultipartReader reader = new MultipartReader(
                new ByteArrayInputStream(out.toByteArray()),
                type.parameter("boundary"),
                new MultipartLimits(10, 1000, 10_000));
        Part first = reader.next();
        assertThat(first.contentType().orElseThrow().parameter("transfer-syntax"))
                .isEqualTo("1.2");
        assertThat(first.header("content-location")).isEqualTo("http://here/1");
        assertThat(first.body().readAllBytes()).containsExactly(13, 10);
        Part second = reader.next();
        assertThat(second.body().readAllBytes()).isEmpty();
        assertThat(reader.next()).isNull();
        assertThat(out.toString(StandardCharsets.US_ASCII)).endsWith("--" + boundary + "--\r\n");
    }
}
