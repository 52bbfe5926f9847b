package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.Action;
import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.association.AssociationRejected;
import io.prelim.dicom.net.association.Event;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.association.Roles;
import io.prelim.dicom.net.association.State;
import io.prelim.dicom.net.association.StateMachine;
import io.prelim.dicom.net.pdu.Pdu;
import io.prelim.dicom.net.pdu.PduDecoder;
import io.prelim.dicom.net.pdu.PduException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** An association as requestor: how it is made, what was agreed on it, and how it ends. For one thread at a time. */
final class RequestedAssociation {
    private final ClientSettings settings;
    private final UpperLayer upper;
    private final MessageInput input;
    private final Map<Integer, AgreedContext> contexts = new LinkedHashMap<>();
    private MessageOutput output;
    private int window;

    private RequestedAssociation(ClientSettings settings, UpperLayer upper) {
        this.settings = settings;
        this.upper = upper;
        this.input = new MessageInput(upper);
    }

    /** Connects and associates; see {@link DicomClient#connect}. */
    static RequestedAssociation connect(ClientSettings settings, List<PresentationContext> contexts)
            throws IOException {
        if (contexts.isEmpty() || contexts.size() > PduDecoder.MAX_CONTEXTS) {
            throw new IllegalArgumentException("1 to 128 presentation contexts are needed, not " + contexts.size());
        }
        List<Pdu.RoleSelection> roles = roles(contexts);
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
        RequestedAssociation association = new RequestedAssociation(settings, upper);
        try {
            upper.watch().arm(settings.responseTimeout());
            if (settings.tls() != null) {
                connection.secure(settings.tls().over(socket, settings.host(), settings.port()));
            }
            association.associate(contexts, roles);
            return association;
        } catch (IOException | RuntimeException e) {
            upper.finish();
            throw e;
        }
    }

    /** The role selections to be proposed: one a SOP class, none for the default. */
    private static List<Pdu.RoleSelection> roles(List<PresentationContext> contexts) {
        Map<String, Roles> wanted = new LinkedHashMap<>();
        for (PresentationContext context : contexts) {
            Roles other = wanted.putIfAbsent(context.abstractSyntax(), context.roles());
            if (other != null && !other.equals(context.roles())) {
                throw new IllegalArgumentException("two roles for SOP class " + context.abstractSyntax());
            }
        }
        return wanted.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(Roles.SCU))
                .map(entry -> new Pdu.RoleSelection(
                        entry.getKey(), entry.getValue().scu(), entry.getValue().scp()))
                .toList();
    }

    private void associate(List<PresentationContext> proposals, List<Pdu.RoleSelection> roles) throws IOException {
        upper.watch().arm(settings.responseTimeout());
        upper.on(Event.TRANSPORT_CONNECT_CONFIRM);
        List<Pdu.ProposedContext> proposed = new ArrayList<>();
        for (int i = 0; i < proposals.size(); i++) {
            PresentationContext context = proposals.get(i);
            proposed.add(new Pdu.ProposedContext(2 * i + 1, context.abstractSyntax(), context.transferSyntaxes()));
        }
        upper.send(new Pdu.AssociateRq(
                1,
                settings.calledAeTitle(),
                settings.callingAeTitle(),
                Uid.APPLICATION_CONTEXT,
                proposed,
                new Pdu.UserInformation(settings.maxPduLength(), Uid.IMPLEMENTATION_CLASS, Uid.IMPLEMENTATION_VERSION)
                        .withRoles(roles)
                        .withWindow(new Pdu.OperationsWindow(settings.maxOperationsInvoked(), 1))));
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
            if (result.accepted() && (result.id() & 1) == 1 && index < proposals.size()) {
                PresentationContext context = proposals.get(index);
                Roles ours = agreed(context, accept.user().roles());
                contexts.putIfAbsent(
                        result.id(),
                        new AgreedContext(
                                result.id(), context.abstractSyntax(), result.transferSyntax(), ours.opposite()));
            }
        }
        output = new MessageOutput(upper.connection(), upper.watch(), peerMaxLength);
        // a peer may not raise what was asked for; any number is as many as that
        int invoked = accept.user().window().invoked();
        window = invoked == 0 ? settings.maxOperationsInvoked() : Math.min(invoked, settings.maxOperationsInvoked());
        upper.watch().rest();
    }

    /** Operations of ours that may be without their answers, at least 1. */
    int window() {
        return window;
    }

    /** What we are: of what we proposed what the peer lets us be; SCU where nothing was proposed, or nothing answered. */
    private static Roles agreed(PresentationContext context, List<Pdu.RoleSelection> answers) {
        if (context.roles().equals(Roles.SCU)) {
            return Roles.SCU;
        }
        return answers.stream()
                .filter(answer -> answer.sopClassUid().equals(context.abstractSyntax()))
                .findFirst()
                .map(answer -> new Roles(answer.scu(), answer.scp()).and(context.roles()))
                .orElse(Roles.SCU);
    }

    /** The first context agreed that will do, or null. */
    AgreedContext context(Predicate<AgreedContext> suitable) {
        return contexts.values().stream().filter(suitable).findFirst().orElse(null);
    }

    /** The context of an identifier, or null. */
    AgreedContext context(int id) {
        return contexts.get(id);
    }

    /** The peer as what it asks of us is served: known here by a random name, calling us by the titles agreed. */
    AssociationInfo peer() {
        return new AssociationInfo(
                UUID.randomUUID().toString(),
                settings.calledAeTitle(),
                settings.callingAeTitle(),
                upper.connection().remoteAddress());
    }

    UpperLayer upper() {
        return upper;
    }

    MessageInput input() {
        return input;
    }

    MessageOutput output() {
        return output;
    }

    boolean established() {
        return upper.state() == State.STA6;
    }

    /** Ends the association at once, without release. */
    void abort() {
        if (established()) {
            upper.abort(AbortCause.Kind.INTERNAL_ERROR, "aborted by the caller");
        }
        upper.finish();
    }

    /** Releases the association and closes the connection; only closes when it is over already. */
    void close() throws IOException {
        try {
            if (established()) {
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
