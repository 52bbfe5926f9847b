package io.prelim.dicom.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UidTest {
    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.10008.1.1", "0.0", "2.25.0", "1"})
    void valid(String uid) {
        assertThat(Uid.isValid(uid)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".1",
                "1.",
                "1..2",
                "1.02",
                "1.2a",
                "../../etc/passwd",
                "1.2 ",
                "1.234567890123456789012345678901234567890123456789012345678901234"
            })
    void invalid(String uid) {
        assertThat(Uid.isValid(uid)).isFalse();
    }

    @Test
    void ofUuid() {
        // the example of PS3.5 annex B.2
        assertThat(Uid.of(UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")))
                .isEqualTo("2.25.329800735698586629295641978511506172918");
        assertThat(Uid.isValid(Uid.random())).isTrue();
        assertThat(Uid.isValid(Uid.IMPLEMENTATION_CLASS)).isTrue();
    }

    @Test
    void tagsReadAsTheStandardWritesThem() {
        assertThat(Tag.toString(Tag.PIXEL_DATA)).isEqualTo("(7FE0,0010)");
        assertThat(Tag.toString(Tag.SEQUENCE_DELIMITATION)).isEqualTo("(FFFE,E0DD)");
        assertThat(Tag.isPrivateCreator(0x00090010)).isTrue();
        assertThat(Tag.isPrivate(0x00080010)).isFalse();
    }
}
