package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.pdu.PduEncoder;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** Puts DIMSE messages into P-DATA-TF units no longer than the peer takes: one value a unit. */
final class MessageOutput {
    private static final int HEADERS = PduEncoder.HEADER_LENGTH + PduEncoder.PDV_HEADER_LENGTH;

    /** Longest unit sent to a peer that takes any length. */
    private static final int MAX_UNIT = 256 << 10;

    private final Connection connection;
    private final Watchdog.Watch watch;
    private final int fragment;
    private byte[] buffer = new byte[1024];

    /**
     * @param peerMaxLength longest P-DATA-TF the peer takes, at least 8; 0 for any
     */
    MessageOutput(Connection connection, Watchdog.Watch watch, long peerMaxLength) {
        this.connection = connection;
        this.watch = watch;
        int unit = peerMaxLength == 0 ? MAX_UNIT : (int) Math.min(peerMaxLength, MAX_UNIT);
        // fragments are of even length (PS3.8 annex E.2)
        this.fragment = (unit - PduEncoder.PDV_HEADER_LENGTH) & ~1;
    }

    /**
     * A message that is in memory.
     *
     * @param contextId its presentation context's
     * @param dataSet in the context's transfer syntax; null for none
     */
    record Message(int contextId, Command command, byte[] dataSet) {
        Message(int contextId, Command command) {
            this(contextId, command, null);
        }

        /** A message whose data set, if it has one, is yet to be encoded. */
        static Message of(AgreedContext context, Command command, DataSet dataSet) {
            if (dataSet == null) {
                return new Message(context.id(), command);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
            try {
                DataSetWriter.write(dataSet, TransferSyntax.of(context.transferSyntax()), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Message(context.id(), command, bytes.toByteArray());
        }
    }

    /** Sends messages, each whole before the next. */
    void send(List<Message> messages) throws IOException {
        // nothing comes between, and they leave with as few writes as may be
        synchronized (connection) {
            for (Message message : messages) {
                command(message.contextId(), message.command());
                if (message.dataSet() != null) {
                    whole(message.contextId(), false, message.dataSet());
                }
            }
            connection.flush();
        }
    }

    /** Takes a command; it leaves with the next flush. */
    void command(int contextId, Command command) throws IOException {
        whole(contextId, true, command.encode());
    }

    private void whole(int contextId, boolean command, byte[] bytes) throws IOException {
        int start = 0;
        do {
            int length = Math.min(fragment, bytes.length - start);
            room(length);
            System.arraycopy(bytes, start, buffer, HEADERS, length);
            PduEncoder.dataHeader(buffer, 0, contextId, command, start + length == bytes.length, length);
            connection.write(buffer, 0, HEADERS + length);
            start += length;
        } while (start < bytes.length);
    }

    /**
     * Sends a data set to the end of the stream. Looks one byte ahead, so that the last fragment is known for what it is.
     *
     * @param blocked how long one write may take
     */
    void dataSet(int contextId, InputStream dataSet, Duration blocked) throws IOException {
        room(fragment + 1);
        int filled = 0;
        boolean last = false;
        while (!last) {
            filled += Source.read(dataSet, buffer, HEADERS + filled, fragment + 1 - filled);
            last = filled <= fragment;
            int length = Math.min(filled, fragment);
            byte ahead = buffer[HEADERS + fragment];
            PduEncoder.dataHeader(buffer, 0, contextId, false, last, length);
            watch.arm(blocked);
            connection.write(buffer, 0, HEADERS + length);
            buffer[HEADERS] = ahead;
            filled = 1;
        }
        connection.flush();
    }

    private void room(int length) {
        if (buffer.length < HEADERS + length) {
            buffer = new byte[HEADERS + length];
        }
    }

    /** Marks what the caller's stream throws apart from what the connection throws. */
    static final class Source extends IOException {
        private static final long serialVersionUID = 1L;

        private Source(IOException cause) {
            super(cause);
        }

        static int read(InputStream in, byte[] target, int start, int length) throws Source {
            try {
                return in.readNBytes(target, start, length);
            } catch (IOException e) {
                throw new Source(e);
            }
        }
    }
}
