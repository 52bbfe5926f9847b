package io.prelim.ingest.web.wado;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Uid;
import io.prelim.ingest.index.VisibleInstances.Kind;
import io.prelim.ingest.web.dicom.Offer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which transfer syntaxes the web gets (PS3.18 section 8.7.3.5). */
class FormTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.840.10008.1.2.1, AS_STORED",
        "1.2.840.10008.1.2, EXPLICIT",
        "1.2.840.10008.1.2.2, EXPLICIT",
        "1.2.840.10008.1.2.1.99, INFLATED",
        "1.2.840.10008.1.2.1.98, DECODED",
        "1.2.840.10008.1.2.4.50, DECODED",
        "1.2.840.10008.1.2.4.70, DECODED",
        "1.2.840.10008.1.2.4.81, DECODED",
        "1.2.840.10008.1.2.4.90, DECODED",
        "1.2.840.10008.1.2.5, DECODED"
    })
    void theDefaultIsExplicitLittleEndian(String stored, Form form) {
        assertThat(Form.of(image(stored), Uid.EXPLICIT_VR_LITTLE_ENDIAN)).contains(form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.95", "1.2.3"})
    void whatIsNotDecodedComesAsItIsAlone(String stored) {
        assertThat(Form.of(image(stored), Uid.EXPLICIT_VR_LITTLE_ENDIAN)).isEmpty();
        assertThat(Form.of(image(stored), stored)).contains(Form.AS_STORED);
        assertThat(Form.offers(image(stored), true))
                .extracting(Offer::transferSyntax)
                .containsOnly(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {Uid.IMPLICIT_VR_LITTLE_ENDIAN, Uid.EXPLICIT_VR_BIG_ENDIAN})
    void theWebHasNeitherImplicitNorBigEndian(String stored) {
        assertThat(Form.of(image(stored), stored)).isEmpty();
        assertThat(Form.offers(image(stored), true))
                .extracting(Offer::transferSyntax)
                .containsOnly(Uid.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    @Test
    void nothingIsEverEncoded() {
        for (String wanted : List.of(Uid.JPEG_BASELINE, Uid.JPEG_2000_LOSSLESS, Uid.RLE_LOSSLESS)) {
            assertThat(Form.of(image(Uid.EXPLICIT_VR_LITTLE_ENDIAN), wanted)).isEmpty();
            assertThat(Form.of(image(Uid.JPEG_LS_LOSSLESS), wanted)).isEmpty();
        }
    }

    /** What has no pixel data is explicit and little endian under every encapsulated syntax. */
    @Test
    void anObjectWithoutPixelsNeedsNoDecoder() {
        Kind report = new Kind(Uid.HTJ2K, false, false, false);

        assertThat(Form.of(report, Uid.EXPLICIT_VR_LITTLE_ENDIAN)).contains(Form.AS_STORED);
    }

    @Test
    void anInstanceMayComeAlone() {
        assertThat(Form.offers(image(Uid.JPEG_BASELINE), true))
                .extracting(Offer::contentType, Offer::multipart)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "application/dicom; transfer-syntax=1.2.840.10008.1.2.1", true),
                        org.assertj.core.groups.Tuple.tuple(
                                "application/dicom; transfer-syntax=1.2.840.10008.1.2.4.50", true),
                        org.assertj.core.groups.Tuple.tuple(
                                "application/dicom; transfer-syntax=1.2.840.10008.1.2.1", false),
                        org.assertj.core.groups.Tuple.tuple(
                                "application/dicom; transfer-syntax=1.2.840.10008.1.2.4.50", false));
        assertThat(Form.offers(image(Uid.JPEG_BASELINE), false)).allMatch(Offer::multipart);
    }

    private static Kind image(String syntax) {
        return new Kind(syntax, true, false, false);
    }
}
