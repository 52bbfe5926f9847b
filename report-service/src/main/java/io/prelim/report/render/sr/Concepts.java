package io.prelim.report.render.sr;

import io.prelim.events.Code;

/** Concepts that TID 1500 and what it includes are made of (PS3.16). */
final class Concepts {
    static final Code IMAGING_MEASUREMENT_REPORT = dcm("126000", "Imaging Measurement Report");
    static final Code LANGUAGE = dcm("121049", "Language of Content Item and Descendants");
    static final Code OBSERVER_TYPE = dcm("121005", "Observer Type");
    static final Code DEVICE = dcm("121007", "Device");
    static final Code DEVICE_OBSERVER_UID = dcm("121012", "Device Observer UID");
    static final Code DEVICE_OBSERVER_NAME = dcm("121013", "Device Observer Name");
    static final Code DEVICE_OBSERVER_MANUFACTURER = dcm("121014", "Device Observer Manufacturer");
    static final Code DEVICE_OBSERVER_MODEL_NAME = dcm("121015", "Device Observer Model Name");
    static final Code PROCEDURE_REPORTED = dcm("121058", "Procedure reported");
    static final Code IMAGING_PROCEDURE = sct("363679005", "Imaging procedure");
    static final Code IMAGE_LIBRARY = dcm("111028", "Image Library");
    static final Code IMAGE_LIBRARY_GROUP = dcm("126200", "Image Library Group");
    static final Code IMAGING_MEASUREMENTS = dcm("126010", "Imaging Measurements");
    static final Code MEASUREMENT_GROUP = dcm("125007", "Measurement Group");
    static final Code TRACKING_IDENTIFIER = dcm("112039", "Tracking Identifier");
    static final Code TRACKING_UNIQUE_IDENTIFIER = dcm("112040", "Tracking Unique Identifier");
    static final Code ALGORITHM_NAME = dcm("111001", "Algorithm Name");
    static final Code ALGORITHM_VERSION = dcm("111003", "Algorithm Version");
    static final Code ALGORITHM_PARAMETERS = dcm("111002", "Algorithm Parameters");
    static final Code FINDING = dcm("121071", "Finding");
    static final Code IMPRESSION = dcm("121073", "Impression");
    static final Code FINDING_SITE = sct("363698007", "Finding Site");
    static final Code LATERALITY = sct("272741003", "Laterality");
    static final Code LEFT = sct("7771000", "Left");
    static final Code RIGHT = sct("24028007", "Right");
    static final Code BILATERAL = sct("51440002", "Bilateral");
    static final Code PRESENCE = sct("705057003", "Presence");
    static final Code PRESENT = sct("52101004", "Present");
    static final Code ABSENT = sct("2667000", "Absent");
    static final Code INDETERMINATE = sct("82334004", "Indeterminate");
    static final Code CERTAINTY_OF_FINDING = dcm("111012", "Certainty of Finding");
    static final Code SOURCE_OF_MEASUREMENT = dcm("121112", "Source of Measurement");
    static final Code REFERENCED_SEGMENT = dcm("121191", "Referenced Segment");
    static final Code SOURCE_SERIES = dcm("121232", "Source series for segmentation");
    static final Code QUALITATIVE_EVALUATIONS = new Code("UMLS", "C0034375", "Qualitative Evaluations");
    static final Code PERCENT = unit("%", "Percent");

    private Concepts() {}

    static Code language(String tag) {
        return new Code("RFC5646", tag, tag.equals("de") ? "German" : tag.equals("en") ? "English" : tag);
    }

    static Code unit(String ucum, String meaning) {
        return new Code("UCUM", ucum, meaning);
    }

    private static Code dcm(String value, String meaning) {
        return new Code("DCM", value, meaning);
    }

    private static Code sct(String value, String meaning) {
        return new Code("SCT", value, meaning);
    }
}
