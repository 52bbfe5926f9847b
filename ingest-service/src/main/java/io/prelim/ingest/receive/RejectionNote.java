package io.prelim.ingest.receive;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Key Object Selection whose title takes instances back (IHE RAD, Imaging Object Change Management; PS3.16 CID 7011).
 *
 * @param code      of its title, in DCM
 * @param instances that it names as evidence (0040,A375)
 * @param refusal   why it cannot be followed, and is not kept; null when it can
 */
record RejectionNote(String code, List<Rejected> instances, Receipt.Refused refusal) {
    /** Quality, patient safety, incorrect modality worklist entry, data retention policy expired. */
    private static final Set<String> TITLES = Set.of("113001", "113037", "113038", "113039");
    /** Instances of one note. */
    private static final int MOST = 100_000;

    /** An instance taken back. */
    record Rejected(String studyInstanceUid, String sopInstanceUid) {}

    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Receipt.Reason reason;

        private Unusable(Receipt.Reason reason, String comment) {
            super(comment, null, false, false);
            this.reason = reason;
        }
    }

    RejectionNote {
        instances = List.copyOf(instances);
    }

    /** Empty for every other object. */
    static Optional<RejectionNote> of(DataSet object) {
        if (!Uid.KEY_OBJECT_SELECTION_STORAGE.equals(object.string(Tag.SOP_CLASS_UID))) {
            return Optional.empty();
        }
        return object.items(Tag.CONCEPT_NAME_CODE_SEQUENCE).stream()
                .findFirst()
                .filter(title -> "DCM".equals(title.string(Tag.CODING_SCHEME_DESIGNATOR)))
                .map(title -> title.string(Tag.CODE_VALUE))
                .filter(code -> code != null && TITLES.contains(code))
                .map(code -> note(code, object));
    }

    private static RejectionNote note(String code, DataSet object) {
        List<Rejected> instances = new ArrayList<>();
        try {
            for (DataSet study : items(object, Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE)) {
                String studyUid = uid(study, Tag.STUDY_INSTANCE_UID);
                for (DataSet series : items(study, Tag.REFERENCED_SERIES_SEQUENCE)) {
                    for (DataSet instance : items(series, Tag.REFERENCED_SOP_SEQUENCE)) {
                        instances.add(new Rejected(studyUid, uid(instance, Tag.REFERENCED_SOP_INSTANCE_UID)));
                    }
                }
                if (instances.size() > MOST) {
                    throw new Unusable(
                            Receipt.Reason.LIMIT_EXCEEDED, "rejection note of more than " + MOST + " instances");
                }
            }
            return new RejectionNote(code, instances, null);
        } catch (Unusable e) {
            return new RejectionNote(code, List.of(), new Receipt.Refused(e.reason, e.getMessage()));
        }
    }

    private static List<DataSet> items(DataSet dataSet, int tag) throws Unusable {
        List<DataSet> items = dataSet.items(tag);
        if (items.isEmpty()) {
            throw malformed(tag, "has no item");
        }
        return items;
    }

    private static String uid(DataSet dataSet, int tag) throws Unusable {
        String uid = dataSet.string(tag);
        if (!Uid.isValid(uid)) {
            throw malformed(tag, "is absent or not a valid UID");
        }
        return uid;
    }

    private static Unusable malformed(int tag, String what) {
        return new Unusable(Receipt.Reason.MALFORMED, "rejection note: " + Tag.toString(tag) + " " + what);
    }
}
