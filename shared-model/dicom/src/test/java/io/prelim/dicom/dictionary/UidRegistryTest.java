package io.prelim.dicom.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Uid;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UidRegistryTest {
    /** Constants whose names are shorter than the standard's keywords, or older. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "APPLICATION_CONTEXT", "DICOMApplicationContext",
            "PATIENT_ROOT_QUERY_RETRIEVE_FIND", "PatientRootQueryRetrieveInformationModelFind",
            "PATIENT_ROOT_QUERY_RETRIEVE_MOVE", "PatientRootQueryRetrieveInformationModelMove",
            "STUDY_ROOT_QUERY_RETRIEVE_FIND", "StudyRootQueryRetrieveInformationModelFind",
            "STUDY_ROOT_QUERY_RETRIEVE_MOVE", "StudyRootQueryRetrieveInformationModelMove",
            "KEY_OBJECT_SELECTION_STORAGE", "KeyObjectSelectionDocumentStorage",
            "JPEG_BASELINE", "JPEGBaseline8Bit",
            "JPEG_EXTENDED", "JPEGExtended12Bit",
            "JPEG_LOSSLESS_FIRST_ORDER", "JPEGLosslessSV1");

    @Test
    void everyNamedUidIsRegisteredUnderItsKeyword() throws IllegalAccessException {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Field field : Uid.class.getFields()) {
            if (field.getType() != String.class
                    || field.getName().equals("STORAGE_PREFIX")
                    || field.getName().startsWith("IMPLEMENTATION_")) {
                continue;
            }
            UidEntry entry = UidRegistry.standard().lookup((String) field.get(null));
            String keyword =
                    OTHER_NAMES.getOrDefault(field.getName(), field.getName().replace("_", ""));
            if (entry == null || !entry.keyword().equalsIgnoreCase(keyword)) {
                wrong.add(field.getName() + " is " + entry);
            }
            checked++;
        }

        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(40);
    }

    @Test
    void theWholeOfTheStandard() {
        UidRegistry registry = UidRegistry.standard();

        assertThat(registry.entries())
                .hasSizeGreaterThan(450)
                .allSatisfy(entry -> assertThat(Uid.isValid(entry.uid())).isTrue());
        assertThat(registry.lookup(Uid.CT_IMAGE_STORAGE))
                .isEqualTo(new UidEntry(
                        Uid.CT_IMAGE_STORAGE, "CT Image Storage", "CTImageStorage", UidEntry.SOP_CLASS, false));
        assertThat(registry.ofKeyword("ExplicitVRBigEndian"))
                .isEqualTo(new UidEntry(
                        Uid.EXPLICIT_VR_BIG_ENDIAN,
                        "Explicit VR Big Endian",
                        "ExplicitVRBigEndian",
                        UidEntry.TRANSFER_SYNTAX,
                        true));
        assertThat(registry.entries().stream().map(UidEntry::type))
                .contains(UidEntry.META_SOP_CLASS, UidEntry.CODING_SCHEME, "Well-known frame of reference");
        assertThat(registry.lookup("1.2.3")).isNull();
        assertThat(registry.name("1.2.3")).isEqualTo("1.2.3");
        assertThat(registry.name(Uid.VERIFICATION)).isEqualTo("Verification SOP Class");
    }
}
