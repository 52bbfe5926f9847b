package io.prelim.ingest.web.qido;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.dictionary.Dictionary;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What can be searched by and returned (PS3.18 tables 10.6.1-5 and 10.6.3-3 to 10.6.3-5). Expressions are over studies s, study_identity n,
 * series q and instances i.
 */
enum Attribute {
    STUDY_DATE(Level.STUDY, Tag.STUDY_DATE, Matching.DATE, "n.study_date", true),
    STUDY_TIME(Level.STUDY, Tag.STUDY_TIME, Matching.TIME, "n.study_time", true),
    ACCESSION_NUMBER(Level.STUDY, Tag.ACCESSION_NUMBER, Matching.TEXT, "n.accession_number", true),
    MODALITIES_IN_STUDY(Level.STUDY, 0x00080061, Matching.ANY_MODALITY, null, true),
    REFERRING_PHYSICIAN(Level.STUDY, Tag.REFERRING_PHYSICIAN_NAME, Matching.NAME, "n.referring_physician", true),
    STUDY_DESCRIPTION(Level.STUDY, Tag.STUDY_DESCRIPTION, Matching.TEXT, "n.study_description", false),
    PATIENT_NAME(Level.STUDY, Tag.PATIENT_NAME, Matching.NAME, "n.patient_name", true),
    PATIENT_ID(Level.STUDY, Tag.PATIENT_ID, Matching.TEXT, "n.patient_id", true),
    ISSUER_OF_PATIENT_ID(Level.STUDY, Tag.ISSUER_OF_PATIENT_ID, Matching.TEXT, "n.patient_issuer", false),
    PATIENT_BIRTH_DATE(Level.STUDY, Tag.PATIENT_BIRTH_DATE, Matching.DATE, "n.birth_date", true),
    PATIENT_SEX(Level.STUDY, Tag.PATIENT_SEX, Matching.TEXT, "n.sex", true),
    STUDY_INSTANCE_UID(Level.STUDY, Tag.STUDY_INSTANCE_UID, Matching.UID, "s.study_instance_uid", true),
    STUDY_ID(Level.STUDY, Tag.STUDY_ID, Matching.TEXT, "n.study_id", true),

    MODALITY(Level.SERIES, Tag.MODALITY, Matching.TEXT, "q.modality", true),
    SERIES_DESCRIPTION(Level.SERIES, Tag.SERIES_DESCRIPTION, Matching.TEXT, "q.series_description", true),
    SERIES_INSTANCE_UID(Level.SERIES, Tag.SERIES_INSTANCE_UID, Matching.UID, "q.series_instance_uid", true),
    SERIES_NUMBER(Level.SERIES, Tag.SERIES_NUMBER, Matching.NUMBER, "q.series_number", true),
    STEP_START_DATE(Level.SERIES, Tag.PERFORMED_PROCEDURE_STEP_START_DATE, Matching.DATE, "q.step_start_date", true),
    STEP_START_TIME(Level.SERIES, Tag.PERFORMED_PROCEDURE_STEP_START_TIME, Matching.TIME, "q.step_start_time", true),
    /** In (0040,0275) Request Attributes Sequence, as the next. */
    SCHEDULED_STEP_ID(Level.SERIES, Tag.SCHEDULED_PROCEDURE_STEP_ID, Matching.TEXT, "q.scheduled_step_id", true),
    REQUESTED_PROCEDURE_ID(Level.SERIES, Tag.REQUESTED_PROCEDURE_ID, Matching.TEXT, "q.requested_procedure_id", true),

    SOP_CLASS_UID(Level.INSTANCE, Tag.SOP_CLASS_UID, Matching.UID, "i.sop_class_uid", true),
    SOP_INSTANCE_UID(Level.INSTANCE, Tag.SOP_INSTANCE_UID, Matching.UID, "i.sop_instance_uid", true),
    INSTANCE_NUMBER(Level.INSTANCE, Tag.INSTANCE_NUMBER, Matching.NUMBER, number("instanceNumber"), true),
    NUMBER_OF_FRAMES(Level.INSTANCE, Tag.NUMBER_OF_FRAMES, Matching.NONE, number("frames"), true),
    ROWS(Level.INSTANCE, Tag.ROWS, Matching.NONE, number("rows"), true),
    COLUMNS(Level.INSTANCE, Tag.COLUMNS, Matching.NONE, number("columns"), true),
    BITS_ALLOCATED(Level.INSTANCE, Tag.BITS_ALLOCATED, Matching.NONE, number("bitsAllocated"), true),
    AVAILABLE_TRANSFER_SYNTAX(Level.INSTANCE, 0x00083002, Matching.NONE, "i.transfer_syntax_uid", true);

    private static final Map<String, Attribute> BY_KEY = new HashMap<>();

    static {
        for (Attribute attribute : values()) {
            String keyword = Dictionary.standard().lookup(attribute.tag).keyword();
            String hex = hex(attribute.tag);
            if (attribute.requested()) {
                BY_KEY.put("RequestAttributesSequence." + keyword, attribute);
                BY_KEY.put(hex(Tag.REQUEST_ATTRIBUTES_SEQUENCE) + "." + hex, attribute);
            } else {
                BY_KEY.put(keyword, attribute);
                BY_KEY.put(hex, attribute);
            }
        }
    }

    private final Level level;
    private final int tag;
    private final Matching matching;
    private final String expression;
    private final boolean always;

    Attribute(Level level, int tag, Matching matching, String expression, boolean always) {
        this.level = level;
        this.tag = tag;
        this.matching = matching;
        this.expression = expression;
        this.always = always;
    }

    /** Of a manifest's attributes; whole numbers all of them. */
    private static String number(String name) {
        return "cast(i.attributes ->> '" + name + "' as integer)";
    }

    /** By keyword or tag, as a query or includefield names it (PS3.18 section 8.3.4); null when it is none of these. */
    static Attribute of(String key) {
        Attribute named = BY_KEY.get(key);
        return named != null ? named : BY_KEY.get(key.toUpperCase(Locale.ROOT));
    }

    static String hex(int tag) {
        return String.format(Locale.ROOT, "%08X", tag);
    }

    Level level() {
        return level;
    }

    int tag() {
        return tag;
    }

    Matching matching() {
        return matching;
    }

    /** Null for what is gathered from other rows. */
    String expression() {
        return expression;
    }

    /** Whether it is returned without being asked for. */
    boolean always() {
        return always;
    }

    /** Whether it lies in (0040,0275). */
    boolean requested() {
        return tag == Tag.SCHEDULED_PROCEDURE_STEP_ID || tag == Tag.REQUESTED_PROCEDURE_ID;
    }
}
