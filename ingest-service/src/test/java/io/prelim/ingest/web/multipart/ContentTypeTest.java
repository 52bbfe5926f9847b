package io.prelim.ingest.web.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {
    @Test
    void typeAndParameters() {
        assertThat(ContentType.parse("Multipart/Related; Type=\"application/dicom\" ;boundary=\"a \\\"b; c\";;x=1; "))
                .contains(new ContentType(
                        "multipart/related", Map.of("type", "application/dicom", "boundary", "a \"b; c", "x", "1")));
        assertThat(ContentType.parse("application/dicom")).contains(new ContentType("application/dicom", Map.of()));
    }

    @Test
    void aValueThatNeedsQuotesPassesWithoutThem() {
        assertThat(ContentType.parse("multipart/related; type=application/dicom; boundary=a:b=c"))
                .contains(
                        new ContentType("multipart/related", Map.of("type", "application/dicom", "boundary", "a:b=c")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dicom",
                "/dicom",
                "application/",
                "application/di com",
                "application/dicom; x",
                "application/dicom; x=",
                "application/dicom; =x",
                "application/dicom; x=\"open",
                "application/dicom; x=\"open\\",
                "application/dicom; x=\"a\" b",
                "application/dicom; x=a b",
                "application/dicom; x=a\"b",
                "application/dicom; x=1; X=2",
                "application/dicom, application/dicom"
            })
    void whatIsNoMediaType(String text) {
        assertThat(ContentType.parse(text)).isEmpty();
    }
}
