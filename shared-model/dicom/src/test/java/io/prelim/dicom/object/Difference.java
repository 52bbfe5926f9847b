package io.prelim.dicom.object;

import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.Reading.Line;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Why pydicom's reading of an element may be another one, and ours be what is wanted. */
enum Difference {
    /** pydicom looks private attributes of implicit VR up in a dictionary of its own; here they stay UN, their bytes kept. */
    PRIVATE_DICTIONARY,
    /** A private group length is UL (PS3.5 section 7.8.1); pydicom has it as UN. */
    PRIVATE_GROUP_LENGTH,
    /** A sequence that came as UN of undefined length: pydicom shows SQ, here the wire's representation is kept. */
    UNKNOWN_SEQUENCE,
    /** pydicom leaves "OB or OW" open where file and transfer syntax contradict each other; implicit VR is OW. */
    LEFT_OPEN,
    /** pydicom drops empty component groups at the end of a name. */
    EMPTY_COMPONENT_GROUP,
    /** pydicom shows the escape sequence of ISO 2022 IR 58 as text. */
    ESCAPE_SHOWN,
    /** Fragments without a delimiter: pydicom drops pixel data, here what came is kept, and noted. */
    CUT_FRAGMENTS,
    /** A bare data set with "DICM" among its bytes: pydicom takes it for the prefix, and reads from there. */
    MISTAKEN_PREFIX,
    /** To be looked into. */
    UNEXPLAINED;

    /** The class of the difference at a path, or null when there is none. */
    static Difference between(String path, Reading ownFile, Reading otherFile) {
        Line own = ownFile.lines().get(path);
        Line other = otherFile.lines().get(path);
        int tag = Integer.parseUnsignedInt(path.substring(path.length() - 8), 16);
        if (own == null || other == null) {
            return missing(tag, ownFile, other == null);
        }
        if (own.size() != other.size() || !own.digest().equals(other.digest())) {
            return UNEXPLAINED;
        }
        return own.vr().equals(other.vr()) ? text(own, other) : representation(tag, own, other);
    }

    private static Difference missing(int tag, Reading ownFile, boolean there) {
        if (ownFile.deviations().contains(Leniency.MISSING_FILE_META)) {
            return MISTAKEN_PREFIX;
        }
        boolean cut = ownFile.deviations().contains(Leniency.MISSING_DELIMITER);
        return there && cut && tag == Tag.PIXEL_DATA ? CUT_FRAGMENTS : UNEXPLAINED;
    }

    private static Difference representation(int tag, Line own, Line other) {
        if (own.vr().equals("UN") && other.vr().endsWith("SQ")) {
            return UNKNOWN_SEQUENCE;
        }
        if (Tag.isPrivate(tag) && own.vr().equals("UN")) {
            return PRIVATE_DICTIONARY;
        }
        if (Tag.isPrivate(tag) && Tag.isGroupLength(tag) && own.vr().equals("UL")) {
            return PRIVATE_GROUP_LENGTH;
        }
        return other.vr().contains("_or_") && other.vr().contains(own.vr()) ? LEFT_OPEN : UNEXPLAINED;
    }

    private static Difference text(Line own, Line other) {
        if (own.text() == null || other.text() == null || values(own.text()).equals(values(other.text()))) {
            return null;
        }
        if (own.vr().equals("PN") && own.text().replaceAll("=+$", "").equals(other.text())) {
            return EMPTY_COMPONENT_GROUP;
        }
        return other.text().contains("\u001B$)A") || other.text().contains("$)A") ? ESCAPE_SHOWN : UNEXPLAINED;
    }

    /** Values without the padding that readers strip differently. */
    private static String values(String text) {
        return Arrays.stream(text.split("\\\\", -1))
                .map(value -> value.replaceAll("^[ \0]+|[ \0]+$", ""))
                .collect(Collectors.joining("\\"));
    }
}
