package io.prelim.ingest.web.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Uid;
import io.prelim.ingest.web.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
    private static final Offer EXPLICIT =
            new Offer("application/dicom", true, Uid.EXPLICIT_VR_LITTLE_ENDIAN, true, false);
    private static final Offer JPEG = new Offer("application/dicom", true, Uid.JPEG_BASELINE, false, true);
    private static final Offer ALONE =
            new Offer("application/dicom", false, Uid.EXPLICIT_VR_LITTLE_ENDIAN, true, false);
    private static final Offer ALONE_JPEG = new Offer("application/dicom", false, Uid.JPEG_BASELINE, false, true);
    private static final List<Offer> OFFERS = List.of(EXPLICIT, JPEG, ALONE, ALONE_JPEG);

    @Test
    void withoutAWordTheFirstOfferIsTaken() {
        assertThat(Accept.of(null).require(OFFERS)).isEqualTo(EXPLICIT);
        assertThat(Accept.of(List.of()).require(OFFERS)).isEqualTo(EXPLICIT);
        assertThat(Accept.of(List.of(" ")).require(OFFERS)).isEqualTo(EXPLICIT);
    }

    @Test
    void anythingMayBeWhatIsStoredWhereNothingElseIs() {
        assertThat(Accept.of(List.of("*/*")).require(List.of(JPEG))).isEqualTo(JPEG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/related; type=\"application/dicom\"",
                "multipart/related;type=application/dicom",
                "Multipart/Related; Type=\"Application/DICOM\"; transfer-syntax=1.2.840.10008.1.2.1",
                "multipart/related",
                "multipart/related; type=\"application/*\"",
                "text/html, multipart/related; type=\"application/dicom\";q=0.1",
                "nonsense, multipart/related; type=\"application/dicom\""
            })
    void partsInTheDefaultSyntax(String accept) {
        assertThat(Accept.of(List.of(accept)).require(OFFERS)).isEqualTo(EXPLICIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/related; type=\"application/dicom\"; transfer-syntax=*",
                "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.50",
                "multipart/related; type=\"application/dicom\"; q=0.5,"
                        + " multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.50; q=0.9",
                "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.50,"
                        + " multipart/related; type=\"application/dicom\""
            })
    void partsAsTheyAreStored(String accept) {
        assertThat(Accept.of(List.of(accept)).require(OFFERS)).isEqualTo(JPEG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/dicom | 1.2.840.10008.1.2.1",
                "application/* | 1.2.840.10008.1.2.1",
                "application/dicom; transfer-syntax=* | 1.2.840.10008.1.2.4.50",
                "application/dicom;transfer-syntax=1.2.840.10008.1.2.4.50 | 1.2.840.10008.1.2.4.50"
            })
    void aBodyOfItsOwn(String accept, String syntax) {
        Offer offer = Accept.of(List.of(accept)).require(OFFERS);

        assertThat(offer.multipart()).isFalse();
        assertThat(offer.transferSyntax()).isEqualTo(syntax);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(Accept.of(List.of("application/dicom;q=0.2", "multipart/related;type=\"application/dicom\""))
                        .require(OFFERS))
                .isEqualTo(EXPLICIT);
    }

    @Test
    void commasWithinQuotesSeparateNothing() {
        Accept accept =
                Accept.of(List.of("multipart/related; type=\"application/dicom\"; x=\"a,b\\\",c\", text/plain"));

        assertThat(accept.ranges()).hasSize(2);
        assertThat(accept.require(OFFERS)).isEqualTo(EXPLICIT);
    }

    @Test
    void whatWeighsNothingIsNotAccepted() {
        String accept = "multipart/related; type=\"application/dicom\"; transfer-syntax=*,"
                + " multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.50; q=0";

        assertThat(Accept.of(List.of(accept)).require(OFFERS)).isEqualTo(EXPLICIT);
        assertThat(Accept.of(List.of("*/*;q=0")).choose(OFFERS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "image/jpeg",
                "nonsense",
                "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2",
                "multipart/related; type=\"application/dicom+xml\"",
                "application/dicom; q=2",
                "application/dicom; q=0.0000"
            })
    void theRefusalNamesWhatIsOffered(String accept) {
        assertThatThrownBy(() -> Accept.of(List.of(accept)).require(OFFERS))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(406))
                .hasMessageContaining(
                        "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.50")
                .hasMessageContaining(", application/dicom; transfer-syntax=1.2.840.10008.1.2.1")
                .hasMessageNotContaining("nonsense");
    }
}
