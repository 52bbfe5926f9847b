package io.prelim.ingest.web.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.web.BadParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributePathTest {
    private static final int CONTENT = Tag.of(0x0040, 0xA730);
    private static final int BYTES = Tag.of(0x0042, 0x0011);

    @Test
    void whatTheJsonWriterNamesIsFound() {
        DataSet object = new DataSet()
                .putSequence(CONTENT, new DataSet(), new DataSet().putBytes(BYTES, VR.OB, new byte[] {1, 2}));
        String path = AttributePath.ofTagPath("(0040,A730)[2].(0042,0011)");

        assertThat(path).isEqualTo("0040A730.2.00420011");
        assertThat(AttributePath.parse(path).find(object))
                .hasValueSatisfying(found -> assertThat(found.bytes()).containsExactly(1, 2));
        assertThat(AttributePath.parse("0040a730.1.00420011").find(object)).isEmpty();
        assertThat(AttributePath.parse("0040A730.3.00420011").find(object)).isEmpty();
        assertThat(AttributePath.parse("00420011").find(object)).isEmpty();
        assertThat(AttributePath.parse("0040A730").find(object)).isEmpty();
    }

    @Test
    void pixelDataIsThatOfTheObjectAlone() {
        assertThat(AttributePath.parse("7fe00010").is(Tag.PIXEL_DATA)).isTrue();
        assertThat(AttributePath.parse("00880200.1.7FE00010").is(Tag.PIXEL_DATA))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PixelData",
                "7FE0001",
                "7FE000100",
                "7FE00010.",
                "0040A730.0.00420011",
                "0040A730.2",
                "0040A730.2.00420011.1",
                "../etc/passwd",
                "0040A730.-1.00420011",
                "0040A730.9999999999.00420011"
            })
    void whatIsNoPathIsRefused(String text) {
        assertThatThrownBy(() -> AttributePath.parse(text)).isInstanceOf(BadParameter.class);
    }
}
