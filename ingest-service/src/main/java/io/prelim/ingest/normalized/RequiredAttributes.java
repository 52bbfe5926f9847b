package io.prelim.ingest.normalized;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.object.DataSet;
import java.util.List;

/** Attributes that a DIMSE-N request must have: 0120 for one that is missing, 0121 for an empty one, 0106 for a malformed value. */
public final class RequiredAttributes {
    private RequiredAttributes() {}

    public static String uid(DataSet dataSet, int tag) throws RequestRefused {
        String uid = text(dataSet, tag);
        if (!Uid.isValid(uid)) {
            throw new RequestRefused(Status.INVALID_ATTRIBUTE_VALUE, Tag.toString(tag) + " is malformed");
        }
        return uid;
    }

    /** The first value, not empty. */
    public static String text(DataSet dataSet, int tag) throws RequestRefused {
        String text = dataSet.string(tag);
        if (text == null || text.isEmpty()) {
            throw missing(dataSet, tag);
        }
        return text;
    }

    /** At least one. */
    public static List<DataSet> items(DataSet dataSet, int tag) throws RequestRefused {
        List<DataSet> items = dataSet.items(tag);
        if (items.isEmpty()) {
            throw missing(dataSet, tag);
        }
        return items;
    }

    private static RequestRefused missing(DataSet dataSet, int tag) {
        return dataSet.contains(tag)
                ? new RequestRefused(Status.MISSING_ATTRIBUTE_VALUE, Tag.toString(tag) + " is empty")
                : new RequestRefused(Status.MISSING_ATTRIBUTE, Tag.toString(tag) + " is missing");
    }
}
