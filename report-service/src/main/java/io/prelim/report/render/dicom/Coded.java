package io.prelim.report.render.dicom;

import io.prelim.dicom.charset.SpecificCharacterSet;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Code;
import java.util.List;

/** Coded entries (PS3.3 section 8.8), in UTF-8. */
public final class Coded {
    public static final SpecificCharacterSet UTF_8 = SpecificCharacterSet.of(List.of("ISO_IR 192"));

    /** A longer code value has an attribute of its own (PS3.3 section 8.1). */
    private static final int SHORT = 16;

    private static final int MEANING = 64;

    private Coded() {}

    public static DataSet item(Code code) {
        // a backslash would make two of it
        String meaning = (code.meaning() == null ? code.value() : code.meaning()).replace('\\', '/');
        return new DataSet(UTF_8)
                .putString(code.value().length() > SHORT ? Tag.LONG_CODE_VALUE : Tag.CODE_VALUE, code.value())
                .putString(Tag.CODING_SCHEME_DESIGNATOR, code.scheme())
                .putString(Tag.CODE_MEANING, meaning.substring(0, Math.min(MEANING, meaning.length())));
    }

    /** An item that names an instance. */
    public static DataSet sop(String sopClassUid, String sopInstanceUid) {
        return new DataSet(UTF_8)
                .putString(Tag.REFERENCED_SOP_CLASS_UID, sopClassUid)
                .putString(Tag.REFERENCED_SOP_INSTANCE_UID, sopInstanceUid);
    }
}
