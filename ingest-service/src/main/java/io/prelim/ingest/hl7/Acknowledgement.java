package io.prelim.ingest.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.v251.datatype.HD;
import ca.uhn.hl7v2.model.v251.message.ACK;
import ca.uhn.hl7v2.model.v251.segment.ERR;
import ca.uhn.hl7v2.model.v251.segment.MSH;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.PipeParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * The answer to a message in original acknowledgement mode (HL7 v2.5.1 section 2.9.2), as v2.5.1, whatever the version of the message:
 * MSH, MSA, and ERR where it is refused. Of the message it repeats MSH-3 to 6, MSH-10 and MSH-18 alone.
 */
final class Acknowledgement {
    private static final EncodingCharacters DELIMITERS = new EncodingCharacters('|', "^~\\&");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final String TABLE = "HL70357";

    private Acknowledgement() {}

    /**
     * @param header  of the message; null when it has none
     * @param refusal null: it is accepted
     */
    static byte[] of(Segment header, Refusal refusal, Instant at) {
        try {
            ACK ack = new ACK();
            header(ack.getMSH(), header, at);
            ack.getMSA()
                    .getAcknowledgmentCode()
                    .setValue(refusal == null ? "AA" : refusal.code().name());
            ack.getMSA().getMessageControlID().setValue(header == null ? "" : header.value(10, 1));
            StringBuilder text = new StringBuilder(PipeParser.encode(ack.getMSH(), DELIMITERS)).append('\r');
            if (refusal == null) {
                text.append(PipeParser.encode(ack.getMSA(), DELIMITERS)).append('\r');
            } else {
                ack.getMSA().getTextMessage().setValue(refusal.place() + ": " + refusal.text());
                error(ack.getERR(), refusal);
                text.append(PipeParser.encode(ack.getMSA(), DELIMITERS))
                        .append('\r')
                        .append(PipeParser.encode(ack.getERR(), DELIMITERS))
                        .append('\r');
            }
            // what is repeated was read as single bytes, and goes back as they were
            return text.toString().getBytes(StandardCharsets.ISO_8859_1);
        } catch (HL7Exception e) {
            throw new IllegalStateException("an acknowledgement of ours is malformed", e);
        }
    }

    private static void header(MSH msh, Segment header, Instant at) throws DataTypeException {
        msh.getFieldSeparator().setValue("|");
        msh.getEncodingCharacters().setValue("^~\\&");
        if (header != null) {
            copy(header, 5, msh.getSendingApplication());
            copy(header, 6, msh.getSendingFacility());
            copy(header, 3, msh.getReceivingApplication());
            copy(header, 4, msh.getReceivingFacility());
            msh.getMessageType().getTriggerEvent().setValue(header.value(9, 2));
            msh.getCharacterSet(0).setValue(header.value(18, 1));
        }
        msh.getDateTimeOfMessage().getTime().setValue(TIME.format(at) + "+0000");
        msh.getMessageType().getMessageCode().setValue("ACK");
        msh.getMessageType().getMessageStructure().setValue("ACK");
        msh.getMessageControlID()
                .setValue(UUID.randomUUID().toString().replace("-", "").substring(0, 20));
        msh.getProcessingID().getProcessingID().setValue("P");
        msh.getVersionID().getVersionID().setValue("2.5.1");
    }

    private static void copy(Segment header, int field, HD name) throws DataTypeException {
        name.getNamespaceID().setValue(header.value(field, 1));
        name.getUniversalID().setValue(header.value(field, 2));
        name.getUniversalIDType().setValue(header.value(field, 3));
    }

    private static void error(ERR err, Refusal refusal) throws DataTypeException {
        if (refusal.segment() != null) {
            err.getErrorLocation(0).getSegmentID().setValue(refusal.segment());
            err.getErrorLocation(0).getSegmentSequence().setValue(Integer.toString(refusal.sequence()));
            if (refusal.field() > 0) {
                err.getErrorLocation(0).getFieldPosition().setValue(Integer.toString(refusal.field()));
            }
        }
        err.getHL7ErrorCode().getIdentifier().setValue(Integer.toString(refusal.error()));
        err.getHL7ErrorCode().getNameOfCodingSystem().setValue(TABLE);
        err.getSeverity().setValue("E");
        err.getUserMessage().setValue(refusal.text());
    }
}
