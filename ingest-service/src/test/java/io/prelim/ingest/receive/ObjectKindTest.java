package io.prelim.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectKindTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.840.10008.5.1.4.1.1.1, true, true", // CR
        "1.2.840.10008.5.1.4.1.1.1.1, false, true", // DX without pixel data: an image all the same
        "1.2.840.10008.5.1.4.1.1.2, true, true", // CT
        "1.2.840.10008.5.1.4.1.1.2.1, true, true", // enhanced CT
        "1.2.840.10008.5.1.4.1.1.7, true, true", // SC
        "1.2.840.10008.5.1.4.1.1.481.1, true, true", // RT image
        "1.2.840.10008.5.1.4.1.1.481.2, true, false", // RT dose has pixels, and is no image
        "1.2.840.10008.5.1.4.1.1.66.4, true, false", // SEG
        "1.2.840.10008.5.1.4.1.1.66, false, false", // raw
        "1.2.840.10008.5.1.4.1.1.88.33, false, false", // SR
        "1.2.840.10008.5.1.4.1.1.88.59, false, false", // KO
        "1.2.840.10008.5.1.4.1.1.11.1, false, false", // PR
        "1.2.840.10008.5.1.4.1.1.104.1, false, false", // PDF
        "1.2.840.10008.5.1.4.1.1.9.1.1, false, false", // ECG
        "1.2.826.0.1.3680043.9.1, true, true", // private, with pixels
        "1.2.826.0.1.3680043.9.1, false, false",
    })
    void imagesAreToldFromOtherObjects(String sopClass, boolean pixels, boolean image) {
        assertThat(ObjectKind.image(sopClass, pixels)).isEqualTo(image);
    }
}
