package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.store.NewPart;
import io.prelim.store.Sha256;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationTest {
    private static final Sha256 DIGEST = new Sha256("ab".repeat(32));

    @Test
    void isReadAsItWasWritten() {
        Annotation annotation = new Annotation("1.2.840.10008.1.2.1", 4_096, 4_000, DIGEST, "CT 1;at=7", true);

        assertThat(Annotation.parse(annotation.text())).contains(annotation);
    }

    @Test
    void anObjectWithoutPixelsHasNoDigest() {
        Annotation annotation = new Annotation("1.2.840.10008.1.2", 10, 10, null, "", false);

        assertThat(Annotation.parse(annotation.text())).contains(annotation);
    }

    @Test
    void theLongestFitsIntoARecord() {
        Annotation annotation =
                new Annotation("1".repeat(64), Long.MAX_VALUE, Long.MAX_VALUE, DIGEST, "\u20ac".repeat(1000), true);

        assertThat(annotation.sender()).hasSize(Annotation.MAX_SENDER);
        assertThat(annotation.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(NewPart.MAX_ANNOTATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "revision=1",
                "ts=1.2;at=1;header=1",
                "ts=1.2;at=-1;header=1;pixels=none",
                "ts=1.2;at=x;header=1;pixels=none",
                "at=1;header=1;pixels=none",
                "ts=1.2;at=1;header=1;pixels=zz",
                "ts=1.2;at=1;header=1;pixels=none;from=%zz"
            })
    void whatIsNoAnnotationIsNone(String text) {
        assertThat(Annotation.parse(text)).isEmpty();
    }

    @Test
    void recordsOfBeforeTheSenderWasWrittenAreRead() {
        assertThat(Annotation.parse("ts=1.2;at=3;header=2;pixels=none"))
                .contains(new Annotation("1.2", 3, 2, null, "", false));
    }
}
