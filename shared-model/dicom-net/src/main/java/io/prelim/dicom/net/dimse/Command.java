package io.prelim.dicom.net.dimse;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.encoding.Values;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A command set (PS3.7 section 6.3): always implicit VR little endian. */
public final class Command {
    public static final int C_STORE_RQ = 0x0001;
    public static final int C_STORE_RSP = 0x8001;
    public static final int C_FIND_RQ = 0x0020;
    public static final int C_MOVE_RQ = 0x0021;
    public static final int C_ECHO_RQ = 0x0030;
    public static final int C_ECHO_RSP = 0x8030;
    public static final int C_CANCEL_RQ = 0x0FFF;

    /** Set in the command field of every response. */
    public static final int RESPONSE = 0x8000;

    /** Longest command set taken, in bytes; real ones have a few hundred. */
    public static final int MAX_LENGTH = 64 << 10;

    /** (0000,0800) when no data set follows. */
    private static final int NO_DATA_SET = 0x0101;

    /** Error comments are LO: at most 64 characters. */
    private static final int MAX_COMMENT = 64;

    private static final ReadLimits LIMITS =
            ReadLimits.DEFAULT.withMaxObjectBytes(MAX_LENGTH).withMaxDepth(0).withMaxElements(256);

    private final DataSet elements;

    private Command(DataSet elements) {
        this.elements = elements;
    }

    /**
     * Reads a command set.
     *
     * @throws MalformedInput when it is none, or lacks its command field
     */
    public static Command decode(byte[] bytes, int length) throws MalformedInput {
        try {
            DataSet elements = DataSetReader.read(
                    new ByteArrayInputStream(bytes, 0, length), TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, LIMITS);
            if (elements.integer(Tag.COMMAND_FIELD, -1) < 0) {
                throw new MalformedInput(
                        MalformedInput.Kind.STRUCTURE, "no command field", 0, Tag.toString(Tag.COMMAND_FIELD), -1);
            }
            return new Command(elements);
        } catch (MalformedInput e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Command echoRequest(int messageId) {
        return of(C_ECHO_RQ, false)
                .put(Tag.AFFECTED_SOP_CLASS_UID, Uid.VERIFICATION)
                .put(Tag.MESSAGE_ID, messageId);
    }

    public static Command storeRequest(int messageId, String sopClassUid, String sopInstanceUid, int priority) {
        return of(C_STORE_RQ, true)
                .put(Tag.AFFECTED_SOP_CLASS_UID, sopClassUid)
                .put(Tag.MESSAGE_ID, messageId)
                .put(Tag.PRIORITY, priority)
                .put(Tag.AFFECTED_SOP_INSTANCE_UID, sopInstanceUid);
    }

    public static Command findRequest(int messageId, String sopClassUid, int priority) {
        return of(C_FIND_RQ, true)
                .put(Tag.AFFECTED_SOP_CLASS_UID, sopClassUid)
                .put(Tag.MESSAGE_ID, messageId)
                .put(Tag.PRIORITY, priority);
    }

    public static Command moveRequest(int messageId, String sopClassUid, int priority, String destination) {
        return of(C_MOVE_RQ, true)
                .put(Tag.AFFECTED_SOP_CLASS_UID, sopClassUid)
                .put(Tag.MESSAGE_ID, messageId)
                .put(Tag.MOVE_DESTINATION, destination)
                .put(Tag.PRIORITY, priority);
    }

    /** C-CANCEL of a request, which has no answer of its own. */
    public static Command cancel(Command request) {
        return of(C_CANCEL_RQ, false).put(Tag.MESSAGE_ID_BEING_RESPONDED_TO, request.messageId());
    }

    /**
     * A request of a normalized service (PS3.7 section 10.3).
     *
     * @param sopInstanceUid empty to leave an N-CREATE's to the SCP
     * @param typeId of the action or event; not sent with other operations
     */
    public static Command normalizedRequest(
            int messageId,
            NormalizedOperation operation,
            String sopClassUid,
            String sopInstanceUid,
            int typeId,
            boolean dataSet) {
        Command command = of(operation.code(), dataSet).put(Tag.MESSAGE_ID, messageId);
        command.put(operation.requested() ? Tag.REQUESTED_SOP_CLASS_UID : Tag.AFFECTED_SOP_CLASS_UID, sopClassUid);
        if (!sopInstanceUid.isEmpty()) {
            command.put(
                    operation.requested() ? Tag.REQUESTED_SOP_INSTANCE_UID : Tag.AFFECTED_SOP_INSTANCE_UID,
                    sopInstanceUid);
        }
        return command.typed(operation.code(), typeId);
    }

    /** The response to a request, with its UIDs and identifier. */
    public static Command response(Command request, int status, String errorComment) {
        return response(request, status, errorComment, request.sopInstanceUid(), false);
    }

    /**
     * The response to a request.
     *
     * @param sopInstanceUid the instance that was affected; empty for none
     * @param dataSet whether one follows
     */
    public static Command response(
            Command request, int status, String errorComment, String sopInstanceUid, boolean dataSet) {
        Command response = of(request.field() | RESPONSE, dataSet)
                .put(Tag.MESSAGE_ID_BEING_RESPONDED_TO, request.messageId())
                .put(Tag.STATUS, status);
        if (!request.sopClassUid().isEmpty()) {
            response.put(Tag.AFFECTED_SOP_CLASS_UID, request.sopClassUid());
        }
        if (!sopInstanceUid.isEmpty()) {
            response.put(Tag.AFFECTED_SOP_INSTANCE_UID, sopInstanceUid);
        }
        if (errorComment != null) {
            response.put(Tag.ERROR_COMMENT, errorComment.substring(0, Math.min(MAX_COMMENT, errorComment.length())));
        }
        return response.typed(request.field(), request.typeId());
    }

    /** With (0000,0903). */
    public Command withErrorId(int errorId) {
        return put(Tag.ERROR_ID, errorId);
    }

    /** With the type id that messages of an action or event have. */
    private Command typed(int field, int typeId) {
        if (field == NormalizedOperation.N_ACTION.code()) {
            return put(Tag.ACTION_TYPE_ID, typeId);
        }
        return field == NormalizedOperation.N_EVENT_REPORT.code() ? put(Tag.EVENT_TYPE_ID, typeId) : this;
    }

    private static Command of(int field, boolean dataSet) {
        return new Command(new DataSet())
                .put(Tag.COMMAND_FIELD, field)
                .put(Tag.COMMAND_DATA_SET_TYPE, dataSet ? 0 : NO_DATA_SET);
    }

    private Command put(int tag, int value) {
        elements.putInteger(tag, VR.US, value);
        return this;
    }

    private Command put(int tag, String value) {
        elements.putString(tag, value);
        return this;
    }

    /** The command set with its group length. */
    public byte[] encode() {
        try {
            ByteArrayOutputStream rest = new ByteArrayOutputStream(256);
            elements.remove(Tag.COMMAND_GROUP_LENGTH);
            DataSetWriter.write(elements, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, rest);
            DataSet length =
                    new DataSet().putBytes(Tag.COMMAND_GROUP_LENGTH, VR.UL, Values.integers(VR.UL, rest.size()));
            ByteArrayOutputStream whole = new ByteArrayOutputStream(rest.size() + 12);
            DataSetWriter.write(length, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, whole);
            rest.writeTo(whole);
            return whole.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** (0000,0100), 0 to FFFF. */
    public int field() {
        return elements.integer(Tag.COMMAND_FIELD, 0);
    }

    public boolean isResponse() {
        return (field() & RESPONSE) != 0;
    }

    /** Whether a data set follows. */
    public boolean hasDataSet() {
        return elements.integer(Tag.COMMAND_DATA_SET_TYPE, NO_DATA_SET) != NO_DATA_SET;
    }

    public int messageId() {
        return elements.integer(Tag.MESSAGE_ID, 0);
    }

    public int messageIdBeingRespondedTo() {
        return elements.integer(Tag.MESSAGE_ID_BEING_RESPONDED_TO, 0);
    }

    public int priority() {
        return elements.integer(Tag.PRIORITY, 0);
    }

    /** 0 to FFFF; -1 when missing. */
    public int status() {
        return elements.integer(Tag.STATUS, -1);
    }

    /** Null when missing. */
    public String errorComment() {
        return elements.string(Tag.ERROR_COMMENT);
    }

    /** 0 to FFFF; -1 when missing. */
    public int errorId() {
        return elements.integer(Tag.ERROR_ID, -1);
    }

    /** (0000,0002), or (0000,0003) where the request has that; empty when missing. */
    public String sopClassUid() {
        return text(Tag.AFFECTED_SOP_CLASS_UID, Tag.REQUESTED_SOP_CLASS_UID);
    }

    /** (0000,1000), or (0000,1001) where the request has that; empty when missing. */
    public String sopInstanceUid() {
        return text(Tag.AFFECTED_SOP_INSTANCE_UID, Tag.REQUESTED_SOP_INSTANCE_UID);
    }

    /** (0000,1008) or (0000,1002): the type of an action or event; -1 when missing. */
    public int typeId() {
        return elements.integer(Tag.ACTION_TYPE_ID, elements.integer(Tag.EVENT_TYPE_ID, -1));
    }

    /** (0000,0600); empty when missing. */
    public String moveDestination() {
        return text(Tag.MOVE_DESTINATION, Tag.MOVE_DESTINATION);
    }

    /** (0000,1030): whose C-MOVE a C-STORE belongs to; empty when missing. */
    public String moveOriginatorAeTitle() {
        return text(Tag.MOVE_ORIGINATOR_APPLICATION_ENTITY_TITLE, Tag.MOVE_ORIGINATOR_APPLICATION_ENTITY_TITLE);
    }

    /** (0000,1031): the message of that C-MOVE; -1 when missing. */
    public int moveOriginatorMessageId() {
        return elements.integer(Tag.MOVE_ORIGINATOR_MESSAGE_ID, -1);
    }

    /** (0000,1020) to (0000,1023). */
    public SubOperations subOperations() {
        return new SubOperations(
                elements.integer(Tag.NUMBER_OF_REMAINING_SUB_OPERATIONS, -1),
                elements.integer(Tag.NUMBER_OF_COMPLETED_SUB_OPERATIONS, -1),
                elements.integer(Tag.NUMBER_OF_FAILED_SUB_OPERATIONS, -1),
                elements.integer(Tag.NUMBER_OF_WARNING_SUB_OPERATIONS, -1));
    }

    private String text(int tag, int otherwise) {
        String text = elements.string(tag);
        if (text == null) {
            text = elements.string(otherwise);
        }
        return text == null ? "" : text;
    }
}
