package io.prelim.ingest.hint;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.normalized.RequestRefused;
import io.prelim.ingest.normalized.RequiredAttributes;
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

    /**
     * @throws RequestRefused 0106 for a malformed UID or an availability that is no defined term, 0120 and 0121 for what is missing or
     *     empty, 0213 for more instances
     */
    static AvailabilityReport of(DataSet dataSet, int maxInstances) throws RequestRefused {
        String study = RequiredAttributes.uid(dataSet, Tag.STUDY_INSTANCE_UID);
        Set<String> instances = new LinkedHashSet<>();
        boolean online = true;
        for (DataSet series : RequiredAttributes.items(dataSet, Tag.REFERENCED_SERIES_SEQUENCE)) {
            RequiredAttributes.uid(series, Tag.SERIES_INSTANCE_UID);
            for (DataSet instance : RequiredAttributes.items(series, Tag.REFERENCED_SOP_SEQUENCE)) {
                instances.add(RequiredAttributes.uid(instance, Tag.REFERENCED_SOP_INSTANCE_UID));
                online &= availability(instance).equals(ONLINE);
                if (instances.size() > maxInstances) {
                    throw new RequestRefused(Status.RESOURCE_LIMITATION, "more than " + maxInstances + " instances");
                }
            }
        }
        return new AvailabilityReport(study, List.copyOf(instances), online);
    }

    private static String availability(DataSet instance) throws RequestRefused {
        String term = RequiredAttributes.text(instance, Tag.INSTANCE_AVAILABILITY);
        if (!TERMS.contains(term)) {
            throw new RequestRefused(Status.INVALID_ATTRIBUTE_VALUE, "(0008,0056) is not a defined term");
        }
        return term;
    }
}
