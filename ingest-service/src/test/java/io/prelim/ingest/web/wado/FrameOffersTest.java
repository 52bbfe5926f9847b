package io.prelim.ingest.web.wado;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Uid;
import io.prelim.ingest.web.dicom.Accept;
import io.prelim.ingest.web.dicom.Offer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameOffersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1",
                "multipart/related; type=\"application/octet-stream\""
                        + " | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1",
                "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*"
                        + " | application/octet-stream; transfer-syntax=1.2.840.10008.1.2.4.50",
                "multipart/related; type=\"image/jpeg\" | image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.50",
                "multipart/related; type=\"image/*\" | image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.50",
                "multipart/related; type=\"image/jpeg\"; transfer-syntax=1.2.840.10008.1.2.4.50"
                        + " | image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.50"
            })
    void ofAJpeg(String accept, String contentType) {
        Offer offer = Accept.of(List.of(accept)).require(FrameOffers.of(Uid.JPEG_BASELINE, true));

        assertThat(offer.contentType()).isEqualTo(contentType);
        assertThat(offer.multipart()).isTrue();
    }

    @Test
    void aFrameMayComeAlone() {
        assertThat(Accept.of(List.of("image/jpeg"))
                        .require(FrameOffers.of(Uid.JPEG_BASELINE, true))
                        .multipart())
                .isFalse();
        assertThat(Accept.of(List.of("image/jpeg")).choose(FrameOffers.of(Uid.JPEG_BASELINE, false)))
                .isEmpty();
    }

    @Test
    void whatIsNotEncodedComesAsBytesAlone() {
        for (String stored : List.of(
                Uid.IMPLICIT_VR_LITTLE_ENDIAN,
                Uid.EXPLICIT_VR_BIG_ENDIAN,
                Uid.EXPLICIT_VR_LITTLE_ENDIAN,
                Uid.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)) {
            assertThat(FrameOffers.of(stored, false))
                    .containsExactly(
                            new Offer("application/octet-stream", true, Uid.EXPLICIT_VR_LITTLE_ENDIAN, true, true));
        }
    }

    @Test
    void whatNothingDecodesComesAsItIsStored() {
        List<Offer> offers = FrameOffers.of(Uid.HTJ2K, false);

        assertThat(Accept.of(List.of("*/*")).require(offers).contentType())
                .isEqualTo("image/jphc; transfer-syntax=1.2.840.10008.1.2.4.203");
        assertThat(Accept.of(List.of("multipart/related; type=\"application/octet-stream\""))
                        .choose(offers))
                .isEmpty();
    }
}
