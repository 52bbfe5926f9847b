package io.prelim.ingest.notice;

import org.jboss.logging.Logger;

/**
 * What this service tells its operator: numbered, searchable, stable. The message says what, key-values say which; values are
 * UIDs, keys, counts and codes, never patient identity and never what a sender wrote as text.
 */
public enum OperatorMessage {
    REFUSES_ADDRESS(
            1001, Logger.Level.FATAL, "refusing to start: an address that other machines reach needs authentication"),
    DICOM_LISTENS(1002, Logger.Level.INFO, "DICOM listener started"),
    STORE_OPENED(1003, Logger.Level.INFO, "segment store opened"),
    RECOVERY_GOES_ON(1004, Logger.Level.INFO, "reading the segment log; the doors open after that"),
    LOG_RECOVERED(1005, Logger.Level.INFO, "segment log and index agree"),
    LOG_BEHIND_INDEX(
            1006,
            Logger.Level.ERROR,
            "the index knows more than the segment log has: is this the volume it was written to?"),
    RECORD_NOT_RECOVERED(1007, Logger.Level.ERROR, "record of the segment log not indexed: it is no object"),
    CHECKPOINT_FAILED(1008, Logger.Level.WARN, "checkpoint of the segment log not moved; will be tried again"),
    COMMITS_LOST(
            1009,
            Logger.Level.WARN,
            "database came up after a crash: what it may have lost of the index is taken in again from the segment log"),
    RECOVERY_FAILED(
            1010,
            Logger.Level.ERROR,
            "not known whether the index is whole, or not made whole again; will be tried again"),

    ASSOCIATION_REJECTED(2001, Logger.Level.WARN, "association rejected"),
    ASSOCIATION_ABORTED(2002, Logger.Level.WARN, "association ended without release"),

    INSTANCE_REFUSED(3001, Logger.Level.WARN, "instance refused"),
    OTHER_PIXELS(3002, Logger.Level.WARN, "instance kept aside: its UID is stored with other pixels"),
    HEADER_CHANGED(3003, Logger.Level.INFO, "instance came again with a changed header; kept as a version"),
    IDENTITY_CHANGED(
            3004, Logger.Level.WARN, "instance came again with a changed patient or study identity; kept as a version"),
    INSTANCES_REJECTED(3008, Logger.Level.WARN, "instances taken back by a rejection note, or sent again after one"),
    STORAGE_REFUSED(3005, Logger.Level.ERROR, "instance not stored: no storage"),
    INDEX_FAILED(3006, Logger.Level.ERROR, "instances not indexed: database"),
    RECEIVE_FAILED(3007, Logger.Level.ERROR, "instance not stored: unexpected failure"),

    SEGMENT_SEALED(
            3101,
            Logger.Level.ERROR,
            "segment sealed: the volume failed to write or sync; appending goes on in a new one. Look at the device"),
    SEGMENT_TORN(
            3102,
            Logger.Level.WARN,
            "segment ends in bytes that are no whole record, as a power failure leaves them, or has damaged ones"),
    PART_DAMAGED(3103, Logger.Level.ERROR, "stored part is damaged: it is not served until its object is sent again"),
    PARTS_MISSING(
            3104, Logger.Level.ERROR, "stored parts are missing: the segment log does not have what the index names"),

    COPY_OPENED(3201, Logger.Level.INFO, "second copy is kept: nothing is answered without it"),
    COPY_AWAY(3202, Logger.Level.ERROR, "second copy not made: objects are refused until its store is reached"),
    COPY_BACK(3203, Logger.Level.INFO, "second copy is made again"),
    COPY_BEHIND(3204, Logger.Level.WARN, "segment has bytes that the second copy lacks; they are being copied"),
    COPY_CAUGHT_UP(3205, Logger.Level.INFO, "second copy has all that the segment log has"),
    COPY_WITHOUT(
            3206, Logger.Level.ERROR, "bytes not copied: the volume does not give them. They are not committed to"),
    COPIES_OF_OTHERS(
            3207,
            Logger.Level.WARN,
            "new store, and copies of others lie beside: if this volume's store was lost, restore it"),
    STORE_RESTORED(3208, Logger.Level.WARN, "empty volume filled from the second copy"),
    RECORD_LOST(3209, Logger.Level.ERROR, "record not restored: the second copy has other bytes"),
    RECORDS_LOST(3210, Logger.Level.ERROR, "records not restored: the second copy has no whole bytes of this place"),

    STUDY_RECEIVED(4001, Logger.Level.INFO, "study complete"),
    STUDY_WITHOUT_IMAGES(4002, Logger.Level.INFO, "study has no image with pixel data"),
    QUIET_ENDED(4004, Logger.Level.INFO, "quiet period of a study ended early"),
    GAPS_NOT_KEPT(
            4005,
            Logger.Level.ERROR,
            "gaps between images not kept; quiet periods stay as they are, will be tried again"),
    ASSEMBLY_FAILED(4003, Logger.Level.ERROR, "studies not assembled; will be tried again"),

    RELAY_WAITS(5001, Logger.Level.WARN, "broker not reachable; the outbox waits"),
    RELAY_GOES_ON(5002, Logger.Level.INFO, "broker reachable again"),
    RECORD_PARKED(5003, Logger.Level.ERROR, "outbox row parked: the broker will never take it"),
    RELAY_FAILED(5004, Logger.Level.ERROR, "outbox not read; will be tried again"),

    FACT_PARKED(6001, Logger.Level.ERROR, "record parked: it cannot be read"),
    FACTS_WAIT(6002, Logger.Level.WARN, "records of other services wait; will be tried again"),
    NO_ANSWER(6003, Logger.Level.WARN, "planned answers are past their deadline"),
    DEADLINES_FAILED(6004, Logger.Level.ERROR, "deadlines not checked; will be tried again"),
    FACTS_GO_ON(6005, Logger.Level.INFO, "records of other services are handled again"),
    STUDY_STANDS_STILL(6101, Logger.Level.WARN, "study stands still: it waits too long for what goes on by itself"),
    STUDY_MOVES_ON(6102, Logger.Level.INFO, "study moves on"),
    RECONCILER_FAILED(6103, Logger.Level.ERROR, "studies that stand still not looked for; will be tried again"),
    BACKFILL_FAILED(6201, Logger.Level.ERROR, "studies of a backfill not asked about; will be tried again"),

    REQUEST_FAILED(7001, Logger.Level.ERROR, "HTTP request not answered"),
    STOW_REFUSED(7002, Logger.Level.WARN, "STOW-RS request refused"),
    STOW_CUT(7003, Logger.Level.WARN, "STOW-RS request ended by its sender; what was stored stays stored"),
    PART_REFUSED(7004, Logger.Level.WARN, "part of a STOW-RS request refused"),

    COMMITMENT_REQUESTED(8001, Logger.Level.INFO, "storage commitment requested"),
    COMMITMENT_REFUSED(
            8002, Logger.Level.WARN, "storage commitment refused: it is not set where the requester takes results"),
    COMMITTED(8003, Logger.Level.INFO, "storage commitment reported: all instances are committed"),
    NOT_ALL_COMMITTED(8004, Logger.Level.WARN, "storage commitment reported: instances are not committed"),
    COMMITMENT_NOT_TOLD(8005, Logger.Level.WARN, "storage commitment not reported; will be tried again"),
    COMMITMENT_ABANDONED(
            8006, Logger.Level.ERROR, "storage commitment not reported for too long; not tried again unless asked for"),
    COMMITMENTS_FAILED(8007, Logger.Level.ERROR, "storage commitments not looked after; will be tried again"),

    STEP_TOLD(8101, Logger.Level.INFO, "performed procedure step told"),
    STEP_REFUSED(8102, Logger.Level.WARN, "performed procedure step refused"),
    STEP_FAILED(8103, Logger.Level.ERROR, "performed procedure step not kept: database"),

    AVAILABILITY_TOLD(8111, Logger.Level.INFO, "instances told to be available"),
    AVAILABILITY_REFUSED(8112, Logger.Level.WARN, "instance availability notification refused"),
    AVAILABILITY_FAILED(8113, Logger.Level.ERROR, "instance availability notification not kept: database"),
    COUNT_FAILED(8114, Logger.Level.ERROR, "archives not asked for their counts; will be tried again"),
    RELEASE_FAILED(8115, Logger.Level.ERROR, "end of an association not made use of: database"),

    PRIORS_WANTED(8201, Logger.Level.INFO, "priors of a study's patient asked for"),
    PRIOR_FETCHED(8202, Logger.Level.INFO, "prior study fetched"),
    PRIOR_NOT_FETCHED(8203, Logger.Level.WARN, "prior study not fetched"),
    PRIORS_PURGED(8204, Logger.Level.INFO, "prior studies forgotten: they were kept long enough"),
    PRIORS_FAILED(8205, Logger.Level.ERROR, "priors not looked after; will be tried again"),
    ARCHIVE_FAILED(8206, Logger.Level.WARN, "archive not asked"),

    ORDER_DIFFERS(8301, Logger.Level.WARN, "study and order are not known to be of one patient; nothing of it is used"),
    STUDY_UPGRADED(8302, Logger.Level.INFO, "study became urgent after it was told of; told again"),
    SIGNED_REPORT_DIFFERS(
            8303, Logger.Level.WARN, "study and signed report are not known to be of one patient; it is not handed on"),
    CLINICAL_FORGOTTEN(8304, Logger.Level.INFO, "what no study had to do with for long is forgotten"),

    MLLP_LISTENS(8401, Logger.Level.INFO, "MLLP listener started"),
    MLLP_REFUSED(8402, Logger.Level.WARN, "HL7 message refused"),
    MLLP_CLOSED(8403, Logger.Level.WARN, "MLLP connection closed by us"),
    MLLP_FAILED(8404, Logger.Level.ERROR, "HL7 message not kept, and answered so"),

    STUDIES_DROPPED(9101, Logger.Level.INFO, "studies dropped"),
    SEGMENT_DROPPED(9102, Logger.Level.INFO, "segment dropped"),
    RETENTION_FAILED(9103, Logger.Level.ERROR, "retention not looked after; will be tried again"),
    NO_ROOM_LEFT(
            9104,
            Logger.Level.ERROR,
            "less is free than should be, and no study may be dropped: all are young, in work or committed to"),
    SWEEP_DONE(9105, Logger.Level.INFO, "every stored part was read again"),
    SEGMENT_NOT_DROPPED(9110, Logger.Level.ERROR, "segment not dropped; will be tried again"),
    SWEEP_FAILED(9106, Logger.Level.ERROR, "stored parts not read again; will be tried again"),
    STUDY_ERASED(9107, Logger.Level.WARN, "study erased on demand"),
    ERASURE_DONE(9108, Logger.Level.WARN, "no byte of an erased study is on disk"),
    ERASURE_FAILED(9109, Logger.Level.ERROR, "bytes of erased studies not removed; will be tried again");

    private final int number;
    private final Logger.Level level;
    private final String text;

    OperatorMessage(int number, Logger.Level level, String text) {
        this.number = number;
        this.level = level;
        this.text = text;
    }

    /** Such as {@code INGEST-3001}. */
    public String id() {
        return "INGEST-" + number;
    }

    /** @param keyValues a name, a value, a name, a value… */
    public void log(Logger logger, Object... keyValues) {
        logger.log(level, render(keyValues));
    }

    private String render(Object[] keyValues) {
        StringBuilder line = new StringBuilder(id()).append(' ').append(text);
        for (int i = 0; i + 1 < keyValues.length; i += 2) {
            line.append(i == 0 ? "; " : " ").append(keyValues[i]).append('=').append(keyValues[i + 1]);
        }
        return line.toString();
    }

    /** An exception as a value: its types, and the SQL state where there is one; not its messages, which may quote data. */
    public static String reason(Throwable failure) {
        StringBuilder types = new StringBuilder();
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 6; cause = cause.getCause(), depth++) {
            types.append(depth == 0 ? "" : "<").append(cause.getClass().getSimpleName());
            if (cause instanceof java.sql.SQLException sql && sql.getSQLState() != null) {
                types.append('(').append(sql.getSQLState()).append(')');
            }
        }
        return types.toString();
    }
}
