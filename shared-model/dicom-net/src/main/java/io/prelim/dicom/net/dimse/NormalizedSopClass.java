package io.prelim.dicom.net.dimse;

import static io.prelim.dicom.net.dimse.NormalizedOperation.N_ACTION;
import static io.prelim.dicom.net.dimse.NormalizedOperation.N_CREATE;
import static io.prelim.dicom.net.dimse.NormalizedOperation.N_EVENT_REPORT;
import static io.prelim.dicom.net.dimse.NormalizedOperation.N_SET;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.Roles;
import java.util.Map;
import java.util.Set;

/** The normalized SOP classes that can be served, and what may be asked of each. */
public enum NormalizedSopClass {
    /** PS3.4 annex F.7. */
    MODALITY_PERFORMED_PROCEDURE_STEP(
            Uid.MODALITY_PERFORMED_PROCEDURE_STEP, null, Map.of(N_CREATE, Set.of(), N_SET, Set.of())),
    /** PS3.4 annex R. */
    INSTANCE_AVAILABILITY_NOTIFICATION(Uid.INSTANCE_AVAILABILITY_NOTIFICATION, null, Map.of(N_CREATE, Set.of())),
    /** PS3.4 annex J: action 1 requests commitment, event 1 tells of success, event 2 of failures. */
    STORAGE_COMMITMENT_PUSH_MODEL(
            Uid.STORAGE_COMMITMENT_PUSH_MODEL,
            Uid.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE,
            Map.of(N_ACTION, Set.of(1), N_EVENT_REPORT, Set.of(1, 2)));

    private final String uid;
    private final String wellKnownInstance;
    private final Map<NormalizedOperation, Set<Integer>> operations;

    NormalizedSopClass(String uid, String wellKnownInstance, Map<NormalizedOperation, Set<Integer>> operations) {
        this.uid = uid;
        this.wellKnownInstance = wellKnownInstance;
        this.operations = operations;
    }

    /** The class of a UID, or null. */
    public static NormalizedSopClass of(String uid) {
        for (NormalizedSopClass sopClass : values()) {
            if (sopClass.uid.equals(uid)) {
                return sopClass;
            }
        }
        return null;
    }

    public String uid() {
        return uid;
    }

    /** The one instance it has, or null when instances are created. */
    public String wellKnownInstance() {
        return wellKnownInstance;
    }

    /** Each operation with the action or event types it may have; none where the operation has no types. */
    public Map<NormalizedOperation, Set<Integer>> operations() {
        return operations;
    }

    /** What a requestor may be towards us: SCU of what we serve, and SCP where its events come to us. */
    public Roles peerRoles() {
        return new Roles(true, operations.containsKey(N_EVENT_REPORT));
    }
}
