package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.Event;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.pdu.Pdu;
import io.prelim.dicom.net.pdu.PduException;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** Requests out and answers in on an association of ours, one request at a time. */
final class Requests {
    /** Data sets of answers: identifiers, replies, lists of failed instances. */
    private static final ReadLimits ANSWER_LIMITS = ReadLimits.DEFAULT
            .withMaxObjectBytes(4 << 20)
            .withMaxElementBytes(4 << 20)
            .withMaxDepth(16)
            .withMaxElements(100_000);

    private final RequestedAssociation association;
    private final Duration timeout;
    private final PeerRequests peerRequests;
    private int lastMessageId;

    Requests(RequestedAssociation association, Duration timeout) {
        this.association = association;
        this.timeout = timeout;
        this.peerRequests = new PeerRequests(association);
    }

    PeerRequests peerRequests() {
        return peerRequests;
    }

    /**
     * @throws IllegalStateException when the association is over
     */
    int nextMessageId() {
        if (!association.established()) {
            throw new IllegalStateException("the association is over");
        }
        lastMessageId = lastMessageId % 0xFFFF + 1;
        return lastMessageId;
    }

    /** Sends a message; a null data set is none. */
    void send(AgreedContext context, Command command, DataSet dataSet) throws AssociationAborted {
        association.upper().watch().arm(timeout);
        try {
            association.output().send(List.of(MessageOutput.Message.of(context, command, dataSet)));
        } catch (IOException e) {
            throw association.upper().lost(e);
        }
    }

    /** Sends a message whose data set comes from a stream; when that fails the association is aborted. */
    void stream(AgreedContext context, Command command, InputStream dataSet) throws IOException {
        try {
            association.output().command(context.id(), command);
            association.output().dataSet(context.id(), dataSet, timeout);
            association.upper().watch().rest();
        } catch (MessageOutput.Source e) {
            association.abort();
            throw (IOException) e.getCause();
        } catch (IOException e) {
            throw association.upper().lost(e);
        }
    }

    /** How long an answer may take. */
    Duration timeout() {
        return timeout;
    }

    /** The next answer to the request. */
    Command answer(AgreedContext context, Command request) throws AssociationAborted {
        return answer(context, request, timeout);
    }

    /**
     * The next answer to the request; any other message ends the association.
     *
     * @param wait for its first byte
     */
    Command answer(AgreedContext context, Command request, Duration wait) throws AssociationAborted {
        Command answer = anyAnswer(wait);
        if (!answers(context, request, answer)) {
            throw association.upper().protocolError(PduException.INVALID_PARAMETER_VALUE, "answer to another request");
        }
        return answer;
    }

    /** The next message, to be checked by {@link #answers}. */
    Command anyAnswer() throws AssociationAborted {
        return anyAnswer(timeout);
    }

    private Command anyAnswer(Duration wait) throws AssociationAborted {
        UpperLayer upper = association.upper();
        Command answer;
        do {
            answer = association.input().readCommand(wait, timeout);
            if (answer == null) {
                throw upper.abort(AbortCause.Kind.PROTOCOL_ERROR, "release in place of an answer");
            }
        } while (peerRequests.answered(answer));
        if (!answer.hasDataSet()) {
            upper.watch().rest();
        }
        return answer;
    }

    /**
     * Waits for a request of the peer's and answers it.
     *
     * @param wait for its first byte
     * @return false when the peer asks for release instead, which is granted
     */
    boolean awaitPeerRequest(Duration wait) throws AssociationAborted {
        UpperLayer upper = association.upper();
        Command request = association.input().readCommand(wait, timeout);
        if (request == null) {
            upper.on(Event.A_RELEASE_RESPONSE);
            upper.send(new Pdu.ReleaseRp());
            return false;
        }
        if (!peerRequests.answered(request)) {
            throw upper.protocolError(PduException.INVALID_PARAMETER_VALUE, "answer to no request");
        }
        upper.watch().rest();
        return true;
    }

    /** Whether the message read last is an answer to the request. */
    boolean answers(AgreedContext context, Command request, Command answer) {
        return association.input().contextId() == context.id()
                && answer.field() == (request.field() | Command.RESPONSE)
                && answer.messageIdBeingRespondedTo() == request.messageId()
                && answer.status() >= 0;
    }

    /** Aborts because the peer takes longer than it may. */
    AssociationAborted outOfTime(String detail) {
        return association.upper().abort(AbortCause.Kind.TIMED_OUT, detail);
    }

    /** The data set of the answer read last, or null. One that is malformed or too large ends the association. */
    DataSet dataSet(AgreedContext context, Command answer) throws AssociationAborted {
        if (!answer.hasDataSet()) {
            return null;
        }
        MessageInput.DataSetStream stream = association.input().dataSet();
        try {
            DataSet dataSet = DataSetReader.read(stream, TransferSyntax.of(context.transferSyntax()), ANSWER_LIMITS);
            association.upper().watch().rest();
            return dataSet;
        } catch (MalformedInput e) {
            throw association.upper().protocolError(PduException.INVALID_PARAMETER_VALUE, "data set: " + e.what());
        } catch (IOException e) {
            throw stream.failure();
        }
    }
}
