package io.prelim.ingest.hint;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.object.DataSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an Instance Availability Notification says, as far as it is kept (PS3.4 table R.3.2-1). What is not needed is not asked for.
 *
 * @param instances SOP Instance UIDs, each once
 * @param online    whether each of them is ONLINE
 */
record AvailabilityReport(String studyInstanceUid, List<String> instances, boolean online) {
    private static final String ONLINE = "ONLINE";
    /** Defined terms of (0008,0056). */
    private static final Set<String> TERMS = Set.of(ONLINE, "NEARLINE", "OFFLINE", "UNAVAILABLE");

    /** A request that gets a failure. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String comment) {
            super(comment);
            this.status = status;
        }

        NormalizedResponse response() {
            return NormalizedResponse.of(status, getMessage());
        }
    }

    /**
     * @throws Refused 0106 for a malformed UID or an availability that is no defined term, 0120 and 0121 for what is missing or
     *     empty, 0213 for more instances
     */
    static AvailabilityReport of(DataSet dataSet, int maxInstances) throws Refused {
        String study = uid(dataSet, Tag.STUDY_INSTANCE_UID);
        Set<String> instances = new LinkedHashSet<>();
        boolean online = true;
        for (DataSet series : items(dataSet, Tag.REFERENCED_SERIES_SEQUENCE)) {
            uid(series, Tag.SERIES_INSTANCE_UID);
            for (DataSet instance : items(series, Tag.REFERENCED_SOP_SEQUENCE)) {
                instances.add(uid(instance, Tag.REFERENCED_SOP_INSTANCE_UID));
                online &= availability(instance).equals(ONLINE);
                if (instances.size() > maxInstances) {
                    throw new Refused(Status.RESOURCE_LIMITATION, "more than " + maxInstances + " instances");
                }
            }
        }
        return new AvailabilityReport(study, List.copyOf(instances), online);
    }

    private static List<DataSet> items(DataSet dataSet, int tag) throws Refused {
        List<DataSet> items = dataSet.items(tag);
        if (items.isEmpty()) {
            throw missing(dataSet, tag);
        }
        return items;
    }

    private static String availability(DataSet instance) throws Refused {
        String term = instance.string(Tag.INSTANCE_AVAILABILITY);
        if (term == null || term.isEmpty()) {
            throw missing(instance, Tag.INSTANCE_AVAILABILITY);
        }
        if (!TERMS.contains(term)) {
            throw new Refused(Status.INVALID_ATTRIBUTE_VALUE, "(0008,0056) is not a defined term");
        }
        return term;
    }

    private static String uid(DataSet dataSet, int tag) throws Refused {
        String uid = dataSet.string(tag);
        if (uid == null || uid.isEmpty()) {
            throw missing(dataSet, tag);
        }
        if (!Uid.isValid(uid)) {
            throw new Refused(Status.INVALID_ATTRIBUTE_VALUE, Tag.toString(tag) + " is malformed");
        }
        return uid;
    }

    private static Refused missing(DataSet dataSet, int tag) {
        return dataSet.contains(tag)
                ? new Refused(Status.MISSING_ATTRIBUTE_VALUE, Tag.toString(tag) + " is empty")
                : new Refused(Status.MISSING_ATTRIBUTE, Tag.toString(tag) + " is missing");
    }
}
