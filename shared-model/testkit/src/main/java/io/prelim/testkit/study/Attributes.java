package io.prelim.testkit.study;

import io.prelim.dicom.core.Tag;

/** Attributes the generators write which the DICOM core has no name for (PS3.6 section 6). */
final class Attributes {
    static final int ACQUISITION_TIME = Tag.of(0x0008, 0x0032);
    static final int ANATOMIC_REGION_SEQUENCE = Tag.of(0x0008, 0x2218);
    static final int PERFORMED_PROCEDURE_STEP_SEQUENCE = Tag.of(0x0008, 0x1111);
    static final int POSITIONER_TYPE = Tag.of(0x0018, 0x1508);
    static final int DETECTOR_TYPE = Tag.of(0x0018, 0x7004);
    static final int PIXEL_INTENSITY_RELATIONSHIP = Tag.of(0x0028, 0x1040);
    static final int PIXEL_INTENSITY_RELATIONSHIP_SIGN = Tag.of(0x0028, 0x1041);
    static final int ACQUISITION_CONTEXT_SEQUENCE = Tag.of(0x0040, 0x0555);
    static final int VALUE_TYPE = Tag.of(0x0040, 0xA040);
    static final int CONCEPT_NAME_CODE_SEQUENCE = Tag.of(0x0040, 0xA043);
    static final int CONTINUITY_OF_CONTENT = Tag.of(0x0040, 0xA050);
    static final int TEXT_VALUE = Tag.of(0x0040, 0xA160);
    static final int RELATIONSHIP_TYPE = Tag.of(0x0040, 0xA010);
    static final int PERFORMED_PROCEDURE_CODE_SEQUENCE = Tag.of(0x0040, 0xA372);
    static final int COMPLETION_FLAG = Tag.of(0x0040, 0xA491);
    static final int VERIFICATION_FLAG = Tag.of(0x0040, 0xA493);
    static final int CONTENT_SEQUENCE = Tag.of(0x0040, 0xA730);
    static final int VIEW_CODE_SEQUENCE = Tag.of(0x0054, 0x0220);
    static final int VIEW_MODIFIER_CODE_SEQUENCE = Tag.of(0x0054, 0x0222);
    static final int POSITION_REFERENCE_INDICATOR = Tag.of(0x0020, 0x1040);

    private Attributes() {}
}
