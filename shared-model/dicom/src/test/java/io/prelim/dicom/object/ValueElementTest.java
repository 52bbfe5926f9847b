package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value is the same bytes whether it lies in the element or beside it. */
class ValueElementTest {
    private static final byte[] BYTES = {(byte) 0x81, 0, 0x7F, (byte) 0xFF, (byte) 0x80, (byte) 0xFE, 1, (byte) 0x90};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void holdsTheBytes(int length) {
        byte[] bytes = Arrays.copyOf(BYTES, length);

        ValueElement element = ValueElement.of(Tag.PIXEL_DATA, VR.UV, bytes);

        assertThat(element.bytes()).isEqualTo(bytes);
        assertThat(element.length()).isEqualTo(length);
        assertThat(element.tag()).isEqualTo(Tag.PIXEL_DATA);
        assertThat(element.vr()).isEqualTo(VR.UV);
        assertThat(element).hasToString("(7FE0,0010) UV #" + length);
    }
}
