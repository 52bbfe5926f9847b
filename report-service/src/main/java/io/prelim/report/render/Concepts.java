package io.prelim.report.render;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import java.math.BigDecimal;
import java.math.MathContext;

/** Concepts that renderings are made of, the same in each (PS3.16: TID 1500 and what it includes), and numbers as all of them write them. */
public final class Concepts {
    /** Digits of a number that are kept: more than any model means, and no more than a DS takes. */
    private static final MathContext DIGITS = new MathContext(9);

    public static final Code IMAGING_MEASUREMENT_REPORT = dcm("126000", "Imaging Measurement Report");
    public static final Code LANGUAGE = dcm("121049", "Language of Content Item and Descendants");
    public static final Code OBSERVER_TYPE = dcm("121005", "Observer Type");
    public static final Code DEVICE = dcm("121007", "Device");
    public static final Code PERSON = dcm("121006", "Person");
    public static final Code PERSON_OBSERVER_NAME = dcm("121008", "Person Observer Name");
    public static final Code DEVICE_OBSERVER_UID = dcm("121012", "Device Observer UID");
    public static final Code DEVICE_OBSERVER_NAME = dcm("121013", "Device Observer Name");
    public static final Code DEVICE_OBSERVER_MANUFACTURER = dcm("121014", "Device Observer Manufacturer");
    public static final Code DEVICE_OBSERVER_MODEL_NAME = dcm("121015", "Device Observer Model Name");
    public static final Code PROCEDURE_REPORTED = dcm("121058", "Procedure reported");
    public static final Code IMAGING_PROCEDURE = sct("363679005", "Imaging procedure");
    /** What was done, where nobody says it closer. */
    public static final Code DIAGNOSTIC_IMAGING = new Code("LN", "18748-4", "Diagnostic imaging study");

    public static final Code IMAGE_LIBRARY = dcm("111028", "Image Library");
    public static final Code IMAGE_LIBRARY_GROUP = dcm("126200", "Image Library Group");
    public static final Code IMAGING_MEASUREMENTS = dcm("126010", "Imaging Measurements");
    public static final Code MEASUREMENT_GROUP = dcm("125007", "Measurement Group");
    public static final Code TRACKING_IDENTIFIER = dcm("112039", "Tracking Identifier");
    public static final Code TRACKING_UNIQUE_IDENTIFIER = dcm("112040", "Tracking Unique Identifier");
    public static final Code ALGORITHM_NAME = dcm("111001", "Algorithm Name");
    public static final Code ALGORITHM_VERSION = dcm("111003", "Algorithm Version");
    public static final Code ALGORITHM_PARAMETERS = dcm("111002", "Algorithm Parameters");
    public static final Code FINDING = dcm("121071", "Finding");
    public static final Code IMPRESSION = dcm("121073", "Impression");
    public static final Code FINDING_SITE = sct("363698007", "Finding Site");
    public static final Code LATERALITY = sct("272741003", "Laterality");
    public static final Code LEFT = sct("7771000", "Left");
    public static final Code RIGHT = sct("24028007", "Right");
    public static final Code BILATERAL = sct("51440002", "Bilateral");
    public static final Code PRESENCE = sct("705057003", "Presence");
    public static final Code PRESENT = sct("52101004", "Present");
    public static final Code ABSENT = sct("2667000", "Absent");
    public static final Code INDETERMINATE = sct("82334004", "Indeterminate");
    public static final Code CERTAINTY_OF_FINDING = dcm("111012", "Certainty of Finding");
    public static final Code SOURCE_OF_MEASUREMENT = dcm("121112", "Source of Measurement");
    public static final Code REFERENCED_SEGMENT = dcm("121191", "Referenced Segment");
    public static final Code SOURCE_SERIES = dcm("121232", "Source series for segmentation");
    public static final Code QUALITATIVE_EVALUATIONS = new Code("UMLS", "C0034375", "Qualitative Evaluations");
    public static final Code REJECTED_FOR_PATIENT_SAFETY = dcm("113037", "Rejected for Patient Safety Reasons");
    public static final Code KEY_OBJECT_DESCRIPTION = dcm("113012", "Key Object Description");
    public static final Code PERCENT = unit("%", "Percent");

    private Concepts() {}

    public static Code language(String tag) {
        return new Code("RFC5646", tag, tag.equals("de") ? "German" : tag.equals("en") ? "English" : tag);
    }

    public static Code unit(String ucum, String meaning) {
        return new Code("UCUM", ucum, meaning);
    }

    /** @return null where a finding has no side */
    public static Code side(String laterality) {
        return switch (laterality == null ? "" : laterality) {
            case "L" -> LEFT;
            case "R" -> RIGHT;
            case "B" -> BILATERAL;
            default -> null;
        };
    }

    /** What is not known to be there or not is indeterminate. */
    public static Code presence(Finding.Presence presence) {
        return switch (presence) {
            case PRESENT -> PRESENT;
            case ABSENT -> ABSENT;
            case INDETERMINATE, UNKNOWN -> INDETERMINATE;
        };
    }

    /** @param probability 0 to 1 */
    public static BigDecimal percent(double probability) {
        return number(BigDecimal.valueOf(probability).movePointRight(2));
    }

    /** A measure, without an exponent where it is written in full. */
    public static BigDecimal number(double value) {
        return number(BigDecimal.valueOf(value));
    }

    private static BigDecimal number(BigDecimal value) {
        BigDecimal rounded = value.round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private static Code dcm(String value, String meaning) {
        return new Code("DCM", value, meaning);
    }

    private static Code sct(String value, String meaning) {
        return new Code("SCT", value, meaning);
    }
}
