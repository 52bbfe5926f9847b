package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.Admission;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.association.AssociationRequest;
import io.prelim.dicom.net.association.Event;
import io.prelim.dicom.net.association.Negotiation;
import io.prelim.dicom.net.association.State;
import io.prelim.dicom.net.association.StateMachine;
import io.prelim.dicom.net.pdu.Pdu;
import io.prelim.dicom.net.pdu.Pdu.AssociateRq;
import io.prelim.dicom.net.pdu.Pdu.ContextResult;
import io.prelim.dicom.net.pdu.Pdu.ProposedContext;
import io.prelim.dicom.net.pdu.PduException;
import io.prelim.dicom.net.pdu.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One association as acceptor, on one thread from its connection to its end. */
final class Acceptor implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final DicomServer server;
    private final UpperLayer upper;
    private AssociationInfo info;
    private volatile ServiceProvider provider;
    private boolean requested;
    private final Admission.Place place;

    Acceptor(DicomServer server, Connection connection, Admission.Place place, String associationId) {
        this.server = server;
        this.place = place;
        this.info = new AssociationInfo(associationId, "", "", connection.remoteAddress());
        this.upper = new UpperLayer(
                connection, server.watchdog().watch(connection), StateMachine.ofAcceptor(), server::closing);
        // armed before the thread runs: a connection that waits for its thread is on the clock too
        upper.watch().arm(server.settings().timeouts().artim());
    }

    /** Whether ending now would cut a message short. */
    boolean busy() {
        ServiceProvider serving = provider;
        return serving != null && serving.busy();
    }

    /** Closes a connection that never got a thread. */
    void drop() {
        upper.watch().end();
        upper.connection().close();
        place.leave();
        server.ended(this);
    }

    /** Ends the association as soon as its thread takes notice. */
    void end() {
        upper.watch().expire();
    }

    @Override
    public void run() {
        try {
            secure();
            if (establish()) {
                serve();
            }
        } catch (AssociationAborted e) {
            aborted(e.abortCause());
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("association", info.associationId())
                    .setCause(e)
                    .log("association ended by a fault of ours");
            if (upper.state() != State.STA1 && upper.state() != State.STA13) {
                aborted(upper.abort(AbortCause.Kind.INTERNAL_ERROR, "internal error")
                        .abortCause());
            }
        } finally {
            if (provider != null) {
                provider.end();
            }
            place.dissociate();
            upper.finish();
            place.leave();
            server.ended(this);
        }
    }

    private void aborted(AbortCause cause) {
        // a probe of the port that opens and closes it is nobody's news
        boolean probe = cause.kind() == AbortCause.Kind.CONNECTION_LOST && !requested;
        LOG.atLevel(probe ? Level.DEBUG : Level.INFO)
                .addKeyValue("association", info.associationId())
                .addKeyValue("calling", info.callingAeTitle())
                .addKeyValue("cause", cause.kind())
                .addKeyValue("source", cause.source())
                .addKeyValue("reason", cause.reason())
                .log("association aborted: {}", cause.detail());
        server.tell(listener -> listener.aborted(info, cause));
    }

    /** The TLS handshake, on this thread and by the clock that runs since the connection came. */
    private void secure() throws AssociationAborted {
        ServerTls tls = server.settings().tls();
        if (tls == null) {
            return;
        }
        Connection connection = upper.connection();
        try {
            connection.secure(tls.over(connection.socket()));
        } catch (IOException e) {
            throw new AssociationAborted(
                    new AbortCause(handshakeFailure(e), -1, -1, "TLS: " + Printable.of(String.valueOf(e.getMessage()))),
                    e);
        }
    }

    private AbortCause.Kind handshakeFailure(IOException e) {
        if (upper.watch().expired()) {
            return server.closing() ? AbortCause.Kind.SHUT_DOWN : AbortCause.Kind.TIMED_OUT;
        }
        boolean gone = e instanceof SocketException || e.getCause() instanceof EOFException;
        return gone ? AbortCause.Kind.CONNECTION_LOST : AbortCause.Kind.TLS_REFUSED;
    }

    private boolean establish() throws AssociationAborted {
        upper.on(Event.TRANSPORT_CONNECT_INDICATION);
        upper.receive();
        requested = true;
        AssociateRq request = (AssociateRq) upper.pdu();
        info = new AssociationInfo(
                info.associationId(),
                Printable.of(request.callingAeTitle()),
                Printable.of(request.calledAeTitle()),
                info.remoteAddress());
        AssociationDecision decision = decide(request);
        if (decision instanceof Reject reject) {
            reject(reject);
            return false;
        }
        List<ContextResult> results;
        try {
            results = server.negotiation().answer(request);
        } catch (PduException e) {
            throw upper.protocolError(e.reason(), e.getMessage());
        }
        if (!place.associate(info.callingAeTitle(), (AssociationDecision.Accept) decision)) {
            reject(Reject.LOCAL_LIMIT_EXCEEDED);
            return false;
        }
        upper.on(Event.A_ASSOCIATE_RESPONSE_ACCEPT);
        Pdu.OperationsWindow window = Negotiation.window(
                request.user().window(), server.settings().limits().maxOperationsInvoked());
        upper.send(new Pdu.AssociateAc(
                1,
                request.calledAeTitle(),
                request.callingAeTitle(),
                Uid.APPLICATION_CONTEXT,
                results,
                new Pdu.UserInformation(
                                server.settings().maxPduLength(), Uid.IMPLEMENTATION_CLASS, Uid.IMPLEMENTATION_VERSION)
                        .withWindow(window)
                        .withRoles(server.negotiation().answerRoles(request))));
        provider = new ServiceProvider(
                server,
                upper,
                info,
                contexts(request, results),
                new Operations(
                        window.invoked(),
                        server.settings().timeouts().message(),
                        upper,
                        new MessageOutput(
                                upper.connection(),
                                upper.watch(),
                                request.user().maxPduLength()),
                        server.answerThreads()));
        LOG.atDebug()
                .addKeyValue("association", info.associationId())
                .addKeyValue("calling", info.callingAeTitle())
                .log("association accepted");
        server.tell(listener -> listener.accepted(info));
        return true;
    }

    private AssociationDecision decide(AssociateRq request) {
        Reject reject = Negotiation.protocolRefusal(request);
        if (reject != null) {
            return reject;
        }
        return server.policy()
                .decide(new AssociationRequest(
                        info.callingAeTitle(),
                        info.calledAeTitle(),
                        info.remoteAddress(),
                        request.contexts().stream()
                                .map(ProposedContext::abstractSyntax)
                                .toList(),
                        upper.connection().peerCertificate()));
    }

    private void reject(Reject reject) throws AssociationAborted {
        if (upper.state() == State.STA3) {
            upper.on(Event.A_ASSOCIATE_RESPONSE_REJECT);
        }
        upper.send(new Pdu.AssociateRj(reject.result(), reject.source(), reject.reason()));
        LOG.atInfo()
                .addKeyValue("association", info.associationId())
                .addKeyValue("calling", info.callingAeTitle())
                .addKeyValue("called", info.calledAeTitle())
                .addKeyValue("reject", reject)
                .log("association rejected");
        server.tell(listener ->
                listener.rejected(info.remoteAddress(), info.callingAeTitle(), info.calledAeTitle(), reject));
    }

    private Map<Integer, AgreedContext> contexts(AssociateRq request, List<ContextResult> results) {
        Map<Integer, AgreedContext> contexts = new HashMap<>();
        for (int i = 0; i < results.size(); i++) {
            ContextResult result = results.get(i);
            if (result.accepted()) {
                String abstractSyntax = request.contexts().get(i).abstractSyntax();
                contexts.put(
                        result.id(),
                        new AgreedContext(
                                result.id(),
                                abstractSyntax,
                                result.transferSyntax(),
                                server.negotiation().requestorRoles(request, abstractSyntax)));
            }
        }
        return contexts;
    }

    private void serve() throws AssociationAborted {
        provider.serve();
        // AR-2: release is asked for, and nothing is under way; the peer's next association finds room as soon as it is
        // told
        place.dissociate();
        upper.on(Event.A_RELEASE_RESPONSE);
        upper.send(new Pdu.ReleaseRp());
        LOG.atDebug().addKeyValue("association", info.associationId()).log("association released");
        server.tell(listener -> listener.released(info));
    }
}
