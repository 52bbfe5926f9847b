package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.Action;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.Event;
import io.prelim.dicom.net.association.Negotiation;
import io.prelim.dicom.net.association.State;
import io.prelim.dicom.net.association.StateMachine;
import io.prelim.dicom.net.pdu.Pdu;
import io.prelim.dicom.net.pdu.PduDecoder;
import io.prelim.dicom.net.pdu.PduEncoder;
import io.prelim.dicom.net.pdu.PduException;
import io.prelim.dicom.net.pdu.PduType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;

/**
 * The upper layer protocol (PS3.8 section 9) of one association over its connection: units in and out, each an event of the
 * state machine, whose action is carried out here. What ends the association is an {@link AssociationAborted}.
 */
final class UpperLayer {
    /** Longest association unit taken: 128 contexts with dozens of syntaxes each are below a quarter of it. */
    static final int MAX_ASSOCIATE_LENGTH = 1 << 20;

    /** Longest P-DATA-TF borne from peers that exceed what was agreed; it is streamed, so its length costs nothing. */
    static final int MAX_TOLERATED_LENGTH = 64 << 20;

    private static final Event[] EVENTS = {
        null,
        Event.A_ASSOCIATE_RQ_PDU,
        Event.A_ASSOCIATE_AC_PDU,
        Event.A_ASSOCIATE_RJ_PDU,
        Event.P_DATA_TF_PDU,
        Event.A_RELEASE_RQ_PDU,
        Event.A_RELEASE_RP_PDU,
        Event.A_ABORT_PDU
    };

    private final Connection connection;
    private final Watchdog.Watch watch;
    private final StateMachine machine;
    private final BooleanSupplier shuttingDown;
    private final byte[] header = new byte[PduEncoder.HEADER_LENGTH];
    private Pdu pdu;
    private long dataLength;
    /** After an abort the input may stand anywhere: what follows is no unit. */
    private boolean unread;

    UpperLayer(Connection connection, Watchdog.Watch watch, StateMachine machine, BooleanSupplier shuttingDown) {
        this.connection = connection;
        this.watch = watch;
        this.machine = machine;
        this.shuttingDown = shuttingDown;
    }

    Connection connection() {
        return connection;
    }

    Watchdog.Watch watch() {
        return watch;
    }

    State state() {
        return machine.state();
    }

    /** The unit last received, unless it was P-DATA-TF. */
    Pdu pdu() {
        return pdu;
    }

    /** Bytes of the P-DATA-TF last received, all still to be read from the connection. */
    long dataLength() {
        return dataLength;
    }

    /** An event of ours. */
    Action on(Event event) {
        return machine.on(event);
    }

    /** Receives one unit; returns its action unless that ends the association. */
    Action receive() throws AssociationAborted {
        Event event;
        int reason = PduException.UNEXPECTED_PDU;
        String detail;
        try {
            connection.readFully(header, 0, header.length);
            PduType type = PduType.of(header[0] & 0xFF);
            if (type == null) {
                throw new PduException(PduException.UNRECOGNIZED_PDU, "no such unit", 0, header[0] & 0xFF);
            }
            body(type);
            event = EVENTS[type.code()];
            detail = "unit out of sequence: " + type + " in " + state();
        } catch (PduException e) {
            event = Event.INVALID_PDU;
            reason = e.reason();
            detail = e.getMessage();
        } catch (IOException e) {
            throw lost(e);
        }
        Action action = machine.on(event, acceptable(event));
        return switch (action) {
            case AA_1, AA_8, AA_7 -> throw sendAbort(action, reason, detail, AbortCause.Kind.PROTOCOL_ERROR);
            case AA_2, AA_3 -> throw peerAborted();
            default -> action;
        };
    }

    private boolean acceptable(Event event) {
        return event != Event.A_ASSOCIATE_RQ_PDU || Negotiation.protocolRefusal((Pdu.AssociateRq) pdu) == null;
    }

    private void body(PduType type) throws IOException, PduException {
        long length = ByteBuffer.wrap(header).getInt(2) & 0xFFFFFFFFL;
        switch (type) {
            case P_DATA_TF -> {
                if (length < PduEncoder.PDV_HEADER_LENGTH || length > MAX_TOLERATED_LENGTH) {
                    throw new PduException(
                            PduException.INVALID_PARAMETER_VALUE, "length of P-DATA-TF out of bounds", 2, length);
                }
                dataLength = length;
            }
            case A_ASSOCIATE_RQ, A_ASSOCIATE_AC -> {
                if (length > MAX_ASSOCIATE_LENGTH) {
                    throw new PduException(
                            PduException.INVALID_PARAMETER_VALUE, "association unit too long", 2, length);
                }
                pdu = PduDecoder.decode(type, ByteBuffer.wrap(bytes((int) length)));
            }
            default -> {
                if (length != 4) {
                    throw new PduException(
                            PduException.INVALID_PARAMETER_VALUE, "unit is not four bytes long", 2, length);
                }
                pdu = PduDecoder.decode(type, ByteBuffer.wrap(bytes(4)));
            }
        }
    }

    /** Reads bytes, with memory that grows as they come. */
    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, 4 << 10)];
        connection.readFully(bytes, 0, bytes.length);
        while (bytes.length < length) {
            int read = bytes.length;
            bytes = Arrays.copyOf(bytes, Math.min(length, 2 * read));
            connection.readFully(bytes, read, bytes.length - read);
        }
        return bytes;
    }

    /** Sends a unit at once. */
    void send(Pdu unit) throws AssociationAborted {
        try {
            byte[] bytes = PduEncoder.encode(unit);
            connection.send(bytes, bytes.length);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** The peer broke the protocol inside a P-DATA-TF: A-ABORT, source service provider. */
    AssociationAborted protocolError(int reason, String detail) {
        return sendAbort(machine.on(Event.INVALID_PDU), reason, detail, AbortCause.Kind.PROTOCOL_ERROR);
    }

    /** We end the association: A-ABORT, source service user. */
    AssociationAborted abort(AbortCause.Kind kind, String detail) {
        if (state() == State.STA2) {
            machine.on(Event.ARTIM_EXPIRED);
            return new AssociationAborted(new AbortCause(kind, -1, -1, detail), null);
        }
        return sendAbort(machine.on(Event.A_ABORT_REQUEST), 0, detail, kind);
    }

    private AssociationAborted sendAbort(Action action, int reason, String detail, AbortCause.Kind kind) {
        unread = true;
        Pdu.Abort abort = action == Action.AA_8 ? new Pdu.Abort(2, reason) : new Pdu.Abort(0, 0);
        try {
            watch.lastWords();
            connection.sendLast(PduEncoder.encode(abort));
        } catch (IOException e) {
            connection.close();
        }
        return new AssociationAborted(new AbortCause(kind, abort.source(), abort.reason(), detail), null);
    }

    private AssociationAborted peerAborted() {
        Pdu.Abort abort = (Pdu.Abort) pdu;
        return new AssociationAborted(
                new AbortCause(AbortCause.Kind.PEER_ABORTED, abort.source(), abort.reason(), "A-ABORT from the peer"),
                null);
    }

    /** The connection gave out: because the peer closed it, because its time was up, or because we are closing. */
    AssociationAborted lost(IOException e) {
        if (state() == State.STA1) {
            return new AssociationAborted(
                    new AbortCause(AbortCause.Kind.CONNECTION_LOST, -1, -1, "connection is closed"), e);
        }
        if (watch.expired() && state() != State.STA13) {
            return shuttingDown.getAsBoolean()
                    ? abort(AbortCause.Kind.SHUT_DOWN, "shutting down in " + state())
                    : abort(AbortCause.Kind.TIMED_OUT, "time is up in " + state());
        }
        State before = state();
        machine.on(Event.TRANSPORT_CLOSED);
        if (e instanceof SSLHandshakeException || e instanceof SSLProtocolException) {
            return new AssociationAborted(
                    new AbortCause(AbortCause.Kind.TLS_REFUSED, -1, -1, "TLS: another handshake in " + before), e);
        }
        String how = e instanceof EOFException ? "closed by the peer" : "broken";
        return new AssociationAborted(
                new AbortCause(AbortCause.Kind.CONNECTION_LOST, -1, -1, "connection " + how + " in " + before), e);
    }

    /**
     * After our last word: waits a moment for the peer to close (Sta13), so that what was sent is not lost with the
     * connection; then closes.
     */
    void finish() {
        watch.lastWords();
        try {
            if (state() == State.STA13) {
                discard();
            }
        } catch (IOException e) {
            machine.on(Event.TRANSPORT_CLOSED);
        } finally {
            connection.closeNotify();
            watch.end();
        }
    }

    private void discard() throws IOException {
        byte[] scrap = new byte[8 << 10];
        if (unread) {
            while (connection.read(scrap, 0, scrap.length) >= 0) {
                // thrown away
            }
            machine.on(Event.TRANSPORT_CLOSED);
            return;
        }
        while (state() == State.STA13) {
            connection.readFully(header, 0, header.length);
            PduType type = PduType.of(header[0] & 0xFF);
            long left = ByteBuffer.wrap(header).getInt(2) & 0xFFFFFFFFL;
            while (left > 0) {
                int step = (int) Math.min(left, scrap.length);
                connection.readFully(scrap, 0, step);
                left -= step;
            }
            Action action = machine.on(type == null ? Event.INVALID_PDU : EVENTS[type.code()]);
            if (action == Action.AA_7) {
                byte[] abort = PduEncoder.encode(new Pdu.Abort(2, PduException.UNEXPECTED_PDU));
                connection.sendLast(abort);
            }
        }
    }
}
