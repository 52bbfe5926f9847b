package io.prelim.ingest.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.StorageCommitment.Instance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {
    @ParameterizedTest
    @CsvSource({
        Uid.CT_IMAGE_STORAGE + ", false, true, 0",
        Uid.CT_IMAGE_STORAGE + ", true, true, 272", // 0110
        Uid.CT_IMAGE_STORAGE + ", false, false, 272",
        ", false, true, 274", // 0112
        ", true, true, 274",
        Uid.BASIC_TEXT_SR_STORAGE + ", false, true, 281", // 0119
        Uid.BASIC_TEXT_SR_STORAGE + ", true, true, 281",
    })
    void whatIsStoredAndCopiedAsAskedForIsCommitted(String storedClass, boolean keptAside, boolean copied, int reason) {
        Reference reference =
                new Reference(0, new Instance(Uid.CT_IMAGE_STORAGE, "1.2.3"), storedClass, keptAside, copied);

        assertThat(reference.failureReason()).isEqualTo(reason);
        assertThat(reference.missing()).isEqualTo(storedClass == null || !copied);
    }
}
