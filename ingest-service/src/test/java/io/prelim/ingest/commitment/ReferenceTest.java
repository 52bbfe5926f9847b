package io.prelim.ingest.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.StorageCommitment.Instance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {
    @ParameterizedTest
    @CsvSource({
        Uid.CT_IMAGE_STORAGE + ", false, 0",
        Uid.CT_IMAGE_STORAGE + ", true, 272", // 0110
        ", false, 274", // 0112
        ", true, 274",
        Uid.BASIC_TEXT_SR_STORAGE + ", false, 281", // 0119
        Uid.BASIC_TEXT_SR_STORAGE + ", true, 281",
    })
    void whatIsStoredAsAskedForIsCommitted(String storedClass, boolean keptAside, int reason) {
        Reference reference = new Reference(0, new Instance(Uid.CT_IMAGE_STORAGE, "1.2.3"), storedClass, keptAside);

        assertThat(reference.failureReason()).isEqualTo(reason);
        assertThat(reference.missing()).isEqualTo(storedClass == null);
    }
}
