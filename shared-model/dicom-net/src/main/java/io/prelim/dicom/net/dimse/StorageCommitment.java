package io.prelim.dicom.net.dimse;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import java.util.ArrayList;
import java.util.List;

/** What storage commitment's messages hold (push model, PS3.4 annex J.3): a request by N-ACTION, its result by N-EVENT-REPORT. */
public final class StorageCommitment {
    /** The action type that requests commitment. */
    public static final int REQUEST = 1;

    /** The event type of a result without failures. */
    public static final int SUCCESSFUL = 1;

    /** The event type of a result with failures. */
    public static final int FAILURES_EXIST = 2;

    /** Failure reason: in processing. */
    public static final int PROCESSING_FAILURE = 0x0110;

    /** Failure reason: the instance is not here. */
    public static final int NO_SUCH_OBJECT_INSTANCE = 0x0112;

    /** Failure reason: the instance here is of another class. */
    public static final int CLASS_INSTANCE_CONFLICT = 0x0119;

    /** Failure reason: the class is not supported. */
    public static final int REFERENCED_SOP_CLASS_NOT_SUPPORTED = 0x0122;

    /** Failure reason: the transaction's UID was used before. */
    public static final int DUPLICATE_TRANSACTION_UID = 0x0131;

    /** Failure reason: resources are short. */
    public static final int RESOURCE_LIMITATION = 0x0213;

    private StorageCommitment() {}

    /** A message that cannot be answered but with a failure. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private Unusable(String what) {
            super(what);
        }

        /** The answer: 0115, an argument that is missing or wrong. */
        public NormalizedResponse response() {
            return NormalizedResponse.of(Status.INVALID_ARGUMENT_VALUE, getMessage());
        }
    }

    /** An instance, by well-formed UIDs. */
    public record Instance(String sopClassUid, String sopInstanceUid) {
        private DataSet item() {
            return new DataSet()
                    .putString(Tag.REFERENCED_SOP_CLASS_UID, sopClassUid)
                    .putString(Tag.REFERENCED_SOP_INSTANCE_UID, sopInstanceUid);
        }

        private static Instance of(DataSet item) throws Unusable {
            return new Instance(uid(item, Tag.REFERENCED_SOP_CLASS_UID), uid(item, Tag.REFERENCED_SOP_INSTANCE_UID));
        }
    }

    /**
     * An instance that is not committed to.
     *
     * @param reason (0008,1197), 0 to FFFF
     */
    public record Failure(Instance instance, int reason) {}

    /**
     * The action information of a request (PS3.4 table J.3-1).
     *
     * @param instances at least one
     */
    public record Request(String transactionUid, List<Instance> instances) {
        public Request {
            instances = List.copyOf(instances);
        }

        /**
         * Reads the action information.
         *
         * @throws Unusable when the transaction or the instances are missing, or a UID is malformed
         */
        public static Request of(DataSet dataSet) throws Unusable {
            Request request = new Request(uid(dataSet, Tag.TRANSACTION_UID), referenced(dataSet));
            if (request.instances.isEmpty()) {
                throw new Unusable("no referenced SOP sequence");
            }
            return request;
        }

        public DataSet dataSet() {
            return new DataSet()
                    .putString(Tag.TRANSACTION_UID, transactionUid)
                    .putSequence(
                            Tag.REFERENCED_SOP_SEQUENCE,
                            instances.stream().map(Instance::item).toArray(DataSet[]::new));
        }
    }

    /** The event information of a result (PS3.4 table J.3-2). */
    public record Result(String transactionUid, List<Instance> committed, List<Failure> failed) {
        public Result {
            committed = List.copyOf(committed);
            failed = List.copyOf(failed);
        }

        /**
         * Reads the event information.
         *
         * @throws Unusable when the transaction is missing, or a UID is malformed
         */
        public static Result of(DataSet dataSet) throws Unusable {
            List<Failure> failed = new ArrayList<>();
            for (DataSet item : dataSet.items(Tag.FAILED_SOP_SEQUENCE)) {
                failed.add(new Failure(Instance.of(item), item.integer(Tag.FAILURE_REASON, PROCESSING_FAILURE)));
            }
            return new Result(uid(dataSet, Tag.TRANSACTION_UID), referenced(dataSet), failed);
        }

        /** The event type it is sent under. */
        public int eventTypeId() {
            return failed.isEmpty() ? SUCCESSFUL : FAILURES_EXIST;
        }

        public DataSet dataSet() {
            DataSet dataSet = new DataSet().putString(Tag.TRANSACTION_UID, transactionUid);
            if (!committed.isEmpty()) {
                dataSet.putSequence(
                        Tag.REFERENCED_SOP_SEQUENCE,
                        committed.stream().map(Instance::item).toArray(DataSet[]::new));
            }
            if (!failed.isEmpty()) {
                dataSet.putSequence(
                        Tag.FAILED_SOP_SEQUENCE,
                        failed.stream()
                                .map(failure -> failure.instance()
                                        .item()
                                        .putInteger(Tag.FAILURE_REASON, VR.US, failure.reason()))
                                .toArray(DataSet[]::new));
            }
            return dataSet;
        }
    }

    private static List<Instance> referenced(DataSet dataSet) throws Unusable {
        List<Instance> instances = new ArrayList<>();
        for (DataSet item : dataSet.items(Tag.REFERENCED_SOP_SEQUENCE)) {
            instances.add(Instance.of(item));
        }
        return instances;
    }

    private static String uid(DataSet dataSet, int tag) throws Unusable {
        String uid = dataSet.string(tag);
        if (!Uid.isValid(uid)) {
            throw new Unusable((uid == null ? "no " : "malformed ") + Tag.toString(tag));
        }
        return uid;
    }
}
