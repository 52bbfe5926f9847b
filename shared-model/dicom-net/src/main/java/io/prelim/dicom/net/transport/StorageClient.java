package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.Action;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationRejected;
import io.prelim.dicom.net.association.Event;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.association.State;
import io.prelim.dicom.net.association.StateMachine;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.pdu.Pdu;
import io.prelim.dicom.net.pdu.PduDecoder;
import io.prelim.dicom.net.pdu.PduException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An association as requestor: C-ECHO and C-STORE. For one thread at a time. After any {@link IOException} but
 * {@link NotAccepted} the association is over; close the client and connect anew.
 */
public final class StorageClient implements AutoCloseable {
    /** The peer accepted no presentation context for what was to be sent; the association goes on. */
    public static final class NotAccepted extends IOException {
        private static final long serialVersionUID = 1L;

        private NotAccepted(String sopClassUid, String transferSyntaxUid) {
            super("the peer accepts no " + sopClassUid + " in " + transferSyntaxUid);
        }
    }

    private final ClientSettings settings;
    private final UpperLayer upper;
    private final MessageInput input;
    private final Map<List<String>, Integer> accepted = new HashMap<>();
    private MessageOutput output;
    private int lastMessageId;

    private StorageClient(ClientSettings settings, UpperLayer upper) {
        this.settings = settings;
        this.upper = upper;
        this.input = new MessageInput(upper);
    }

    /**
     * Connects and associates.
     *
     * @param contexts 1 to 128; each is accepted in one of its transfer syntaxes at most, so propose a context for each syntax
     *     that must be available
     * @throws AssociationRejected when the peer says no
     * @throws IOException when there is no connection, or it ends
     */
    public static StorageClient connect(ClientSettings settings, List<PresentationContext> contexts)
            throws IOException {
        if (contexts.isEmpty() || contexts.size() > PduDecoder.MAX_CONTEXTS) {
            throw new IllegalArgumentException("1 to 128 presentation contexts are needed, not " + contexts.size());
        }
        StateMachine machine = StateMachine.ofRequestor();
        machine.on(Event.A_ASSOCIATE_REQUEST);
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), (int)
                    Math.min(Integer.MAX_VALUE, settings.connectTimeout().toMillis()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        Connection connection = new Connection(socket);
        UpperLayer upper = new UpperLayer(connection, Watchdog.shared().watch(connection), machine, () -> false);
        StorageClient client = new StorageClient(settings, upper);
        try {
            client.associate(contexts);
            return client;
        } catch (IOException | RuntimeException e) {
            upper.finish();
            throw e;
        }
    }

    private void associate(List<PresentationContext> contexts) throws IOException {
        upper.watch().arm(settings.responseTimeout());
        upper.on(Event.TRANSPORT_CONNECT_CONFIRM);
        List<Pdu.ProposedContext> proposed = new ArrayList<>();
        for (int i = 0; i < contexts.size(); i++) {
            PresentationContext context = contexts.get(i);
            proposed.add(new Pdu.ProposedContext(2 * i + 1, context.abstractSyntax(), context.transferSyntaxes()));
        }
        upper.send(new Pdu.AssociateRq(
                1,
                settings.calledAeTitle(),
                settings.callingAeTitle(),
                Uid.APPLICATION_CONTEXT,
                proposed,
                new Pdu.UserInformation(
                        settings.maxPduLength(), Uid.IMPLEMENTATION_CLASS, Uid.IMPLEMENTATION_VERSION)));
        if (upper.receive() == Action.AE_4) {
            Pdu.AssociateRj rj = (Pdu.AssociateRj) upper.pdu();
            throw new AssociationRejected(new AssociationDecision.Reject(rj.result(), rj.source(), rj.reason()));
        }
        Pdu.AssociateAc accept = (Pdu.AssociateAc) upper.pdu();
        long peerMaxLength = accept.user().maxPduLength();
        if (peerMaxLength != 0 && peerMaxLength < 8) {
            throw upper.protocolError(PduException.INVALID_PARAMETER_VALUE, "maximum length too short");
        }
        for (Pdu.ContextResult result : accept.contexts()) {
            int index = result.id() / 2;
            if (result.accepted() && (result.id() & 1) == 1 && index < contexts.size()) {
                accepted.putIfAbsent(
                        List.of(contexts.get(index).abstractSyntax(), result.transferSyntax()), result.id());
            }
        }
        output = new MessageOutput(upper.connection(), upper.watch(), peerMaxLength);
    }

    /** Whether the peer accepted the SOP class in the transfer syntax. */
    public boolean accepts(String sopClassUid, String transferSyntaxUid) {
        return accepted.containsKey(List.of(sopClassUid, transferSyntaxUid));
    }

    /**
     * Sends C-ECHO; returns its status.
     *
     * @throws NotAccepted when Verification was not proposed or not accepted
     */
    public int echo() throws IOException {
        int contextId = accepted.entrySet().stream()
                .filter(context -> context.getKey().get(0).equals(Uid.VERIFICATION))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new NotAccepted(Uid.VERIFICATION, "any transfer syntax"));
        Command request = Command.echoRequest(nextMessageId());
        upper.watch().arm(settings.responseTimeout());
        try {
            output.command(contextId, request);
            output.flush();
        } catch (IOException e) {
            throw upper.lost(e);
        }
        return response(request).status();
    }

    /**
     * Sends one data set, already in the transfer syntax, to the end of the stream.
     *
     * @throws NotAccepted when the peer did not accept the SOP class in that syntax; nothing was sent
     * @throws IOException when the association ended, or the stream failed, upon which the association is aborted
     */
    public StoreResponse store(String sopClassUid, String sopInstanceUid, String transferSyntaxUid, InputStream dataSet)
            throws IOException {
        Integer contextId = accepted.get(List.of(sopClassUid, transferSyntaxUid));
        if (contextId == null) {
            throw new NotAccepted(sopClassUid, transferSyntaxUid);
        }
        Command request = Command.storeRequest(nextMessageId(), sopClassUid, sopInstanceUid, 0);
        try {
            output.command(contextId, request);
            output.dataSet(contextId, dataSet, settings.responseTimeout());
        } catch (MessageOutput.Source e) {
            abort();
            throw (IOException) e.getCause();
        } catch (IOException e) {
            throw upper.lost(e);
        }
        Command response = response(request);
        return StoreResponse.of(response.status(), response.errorComment());
    }

    /** Sends one data set that is in memory. */
    public StoreResponse store(String sopClassUid, String sopInstanceUid, String transferSyntaxUid, byte[] dataSet)
            throws IOException {
        return store(sopClassUid, sopInstanceUid, transferSyntaxUid, new ByteArrayInputStream(dataSet));
    }

    private int nextMessageId() {
        if (upper.state() != State.STA6) {
            throw new IllegalStateException("the association is over");
        }
        lastMessageId = lastMessageId % 0xFFFF + 1;
        return lastMessageId;
    }

    private Command response(Command request) throws AssociationAborted {
        Command response = input.readCommand(settings.responseTimeout(), settings.responseTimeout());
        if (response == null) {
            throw upper.abort(AbortCause.Kind.PROTOCOL_ERROR, "release in place of an answer");
        }
        if (response.field() != (request.field() | Command.RESPONSE)
                || response.messageIdBeingRespondedTo() != request.messageId()
                || response.status() < 0) {
            throw upper.protocolError(PduException.INVALID_PARAMETER_VALUE, "answer to another request");
        }
        return response;
    }

    /** Ends the association at once, without release. */
    public void abort() {
        if (upper.state() == State.STA6) {
            upper.abort(AbortCause.Kind.INTERNAL_ERROR, "aborted by the caller");
        }
        upper.finish();
    }

    /** Releases the association and closes the connection; only closes when it is over already. */
    @Override
    public void close() throws IOException {
        try {
            if (upper.state() == State.STA6) {
                upper.watch().arm(settings.responseTimeout());
                upper.on(Event.A_RELEASE_REQUEST);
                upper.send(new Pdu.ReleaseRq());
                release();
            }
        } finally {
            upper.finish();
        }
    }

    private void release() throws AssociationAborted {
        while (true) {
            switch (upper.receive()) {
                case AR_3 -> {
                    return;
                }
                case AR_8 -> {
                    // both asked at once: the requestor answers first (PS3.8 section 9.2.2)
                    upper.on(Event.A_RELEASE_RESPONSE);
                    upper.send(new Pdu.ReleaseRp());
                }
                default -> input.skipUnit();
            }
        }
    }
}
