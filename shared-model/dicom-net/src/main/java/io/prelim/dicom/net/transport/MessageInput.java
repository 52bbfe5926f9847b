package io.prelim.dicom.net.transport;

import static io.prelim.dicom.net.pdu.PduException.INVALID_PARAMETER_VALUE;
import static io.prelim.dicom.net.pdu.PduException.UNEXPECTED_PDU;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.net.association.Action;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.pdu.PduEncoder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Takes DIMSE messages out of presentation data values (PS3.7 section 6.3.1, PS3.8 annex E): a command set in memory, its data
 * set as a stream that is fed value by value, never kept.
 */
final class MessageInput {
    private final UpperLayer upper;
    private final byte[] header = new byte[PduEncoder.PDV_HEADER_LENGTH];
    private byte[] command = new byte[512];
    private long unitLeft;
    private int valueLeft;
    private int contextId;
    private boolean isCommand;
    private boolean isLast;
    private int messageContextId;
    private long dataBytes;

    MessageInput(UpperLayer upper) {
        this.upper = upper;
    }

    /** The presentation context of the message last begun. */
    int contextId() {
        return messageContextId;
    }

    /** Bytes of the message's data set read so far. */
    long dataBytes() {
        return dataBytes;
    }

    /**
     * Waits for a command set.
     *
     * @param wait for its first byte
     * @param whole for all of the message, from its first byte on
     * @return null when the peer asks for release instead
     */
    Command readCommand(Duration wait, Duration whole) throws AssociationAborted {
        upper.watch().await(wait);
        dataBytes = 0;
        int length = 0;
        boolean first = true;
        do {
            if (!nextValue(first)) {
                return null;
            }
            if (first) {
                upper.watch().arm(whole);
                messageContextId = contextId;
                first = false;
            }
            check(true);
            if (length + valueLeft > Command.MAX_LENGTH) {
                throw upper.protocolError(INVALID_PARAMETER_VALUE, "command set too long");
            }
            if (length + valueLeft > command.length) {
                command = Arrays.copyOf(command, Math.max(2 * command.length, length + valueLeft));
            }
            length = readValue(length);
        } while (!isLast);
        try {
            return Command.decode(command, length);
        } catch (MalformedInput e) {
            throw upper.protocolError(INVALID_PARAMETER_VALUE, "command set " + e.getMessage());
        }
    }

    private int readValue(int length) throws AssociationAborted {
        int at = length;
        try {
            upper.connection().readFully(command, at, valueLeft);
        } catch (IOException e) {
            throw upper.lost(e);
        }
        at += valueLeft;
        valueLeft = 0;
        return at;
    }

    /** Passes over a P-DATA-TF that came after we asked for release. */
    void skipUnit() throws AssociationAborted {
        byte[] scrap = new byte[8 << 10];
        try {
            for (long left = upper.dataLength(); left > 0; ) {
                int step = (int) Math.min(left, scrap.length);
                upper.connection().readFully(scrap, 0, step);
                left -= step;
            }
        } catch (IOException e) {
            throw upper.lost(e);
        }
    }

    /** The data set of the message whose command was read last. */
    DataSetStream dataSet() {
        return new DataSetStream();
    }

    /** Reads past the data set of the command read last, if it has one. */
    void drain(Command command) throws AssociationAborted {
        if (command.hasDataSet()) {
            drain(dataSet());
        }
    }

    /** Reads past what is left of a data set. */
    void drain(DataSetStream dataSet) throws AssociationAborted {
        try {
            dataSet.drain();
        } catch (IOException e) {
            throw dataSet.failure();
        }
    }

    /** A value goes on with the message it belongs to, and is of the kind that is due. */
    private void check(boolean commandDue) throws AssociationAborted {
        if (isCommand != commandDue) {
            throw upper.protocolError(
                    INVALID_PARAMETER_VALUE, commandDue ? "data where a command is due" : "command inside a data set");
        }
        if (contextId != messageContextId) {
            throw upper.protocolError(INVALID_PARAMETER_VALUE, "presentation context changes inside a message");
        }
    }

    /** Goes to the next value; false when release is asked for, which between messages only is in order. */
    private boolean nextValue(boolean betweenMessages) throws AssociationAborted {
        if (unitLeft == 0) {
            Action action = upper.receive();
            if (action == Action.AR_2) {
                if (betweenMessages) {
                    return false;
                }
                throw upper.protocolError(UNEXPECTED_PDU, "release inside a message");
            }
            unitLeft = upper.dataLength();
        }
        if (unitLeft < PduEncoder.PDV_HEADER_LENGTH) {
            throw upper.protocolError(INVALID_PARAMETER_VALUE, "presentation data value cut short");
        }
        try {
            upper.connection().readFully(header, 0, header.length);
        } catch (IOException e) {
            throw upper.lost(e);
        }
        long length = ByteBuffer.wrap(header).getInt(0) & 0xFFFFFFFFL;
        if (length < 2 || length > unitLeft - 4) {
            throw upper.protocolError(
                    INVALID_PARAMETER_VALUE, "length of a presentation data value out of bounds: " + length);
        }
        contextId = header[4] & 0xFF;
        isCommand = (header[5] & 1) != 0;
        isLast = (header[5] & 2) != 0;
        valueLeft = (int) length - 2;
        unitLeft -= length + 4;
        return true;
    }

    /** A data set as it comes in. */
    final class DataSetStream extends InputStream {
        private AssociationAborted failure;
        private boolean ended;

        private DataSetStream() {
            isLast = false;
        }

        /** What broke the stream, or null: then whatever a reader of it threw was its own. */
        AssociationAborted failure() {
            return failure;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            if (failure != null) {
                throw new IOException("the association has ended", failure);
            }
            if (length == 0 || ended) {
                return ended ? -1 : 0;
            }
            try {
                while (valueLeft == 0) {
                    if (isLast) {
                        ended = true;
                        return -1;
                    }
                    nextValue(false);
                    check(false);
                }
                int read = read(target, start, length, valueLeft);
                valueLeft -= read;
                dataBytes += read;
                return read;
            } catch (AssociationAborted e) {
                failure = e;
                throw e;
            }
        }

        private int read(byte[] target, int start, int length, int atMost) throws AssociationAborted {
            try {
                int read = upper.connection().read(target, start, Math.min(length, atMost));
                if (read < 0) {
                    throw new EOFException("connection closed");
                }
                return read;
            } catch (IOException e) {
                throw upper.lost(e);
            }
        }

        /** Bytes at hand without waiting. */
        @Override
        public int available() {
            return 0;
        }

        /** Reads what is left. */
        void drain() throws IOException {
            byte[] scrap = new byte[16 << 10];
            while (read(scrap, 0, scrap.length) >= 0) {
                // thrown away: the next message comes after it
            }
        }
    }
}
