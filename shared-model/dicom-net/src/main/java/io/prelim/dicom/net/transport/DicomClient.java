package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationRejected;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.Command;
import io.prelim.dicom.net.dimse.FindRequest;
import io.prelim.dicom.net.dimse.FindResponse;
import io.prelim.dicom.net.dimse.MoveRequest;
import io.prelim.dicom.net.dimse.MoveResponse;
import io.prelim.dicom.net.dimse.NormalizedOperation;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.NormalizedScp;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.dimse.SubOperations;
import io.prelim.dicom.object.DataSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * An association as requestor, and every service asked for on it: C-ECHO, C-STORE, C-FIND, C-MOVE, N-CREATE, N-SET, N-ACTION
 * and, in the role of an SCP, N-EVENT-REPORT. For one thread at a time. After any {@link IOException} but {@link NotAccepted}
 * the association is over; close the client and connect anew.
 */
public final class DicomClient implements AutoCloseable {
    /** The peer accepted no presentation context for what was to be sent, or not our role; the association goes on. */
    public static final class NotAccepted extends IOException {
        private static final long serialVersionUID = 1L;

        private NotAccepted(String sopClassUid, String what) {
            super("the peer accepts no " + sopClassUid + " " + what);
        }
    }

    private final RequestedAssociation association;
    private final Requests requests;
    private final StorePipeline stores;

    private DicomClient(RequestedAssociation association, Requests requests) {
        this.association = association;
        this.requests = requests;
        this.stores = new StorePipeline(association, requests);
    }

    /**
     * Connects and associates.
     *
     * @param contexts 1 to 128; each is accepted in one of its transfer syntaxes at most, so propose a context for each syntax
     *     that must be available
     * @throws AssociationRejected when the peer says no
     * @throws IOException when there is no connection, or it ends
     */
    public static DicomClient connect(ClientSettings settings, List<PresentationContext> contexts) throws IOException {
        RequestedAssociation association = RequestedAssociation.connect(settings, contexts);
        return new DicomClient(association, new Requests(association, settings.responseTimeout()));
    }

    /** Whether the peer accepted the SOP class in the transfer syntax. */
    public boolean accepts(String sopClassUid, String transferSyntaxUid) {
        return context(sopClassUid, transferSyntaxUid) != null;
    }

    private AgreedContext context(String sopClassUid, String transferSyntaxUid) {
        return association.context(context -> context.abstractSyntax().equals(sopClassUid)
                && context.transferSyntax().equals(transferSyntaxUid)
                && context.peer().scp());
    }

    private AgreedContext context(String sopClassUid, boolean asScu) throws NotAccepted {
        AgreedContext context =
                association.context(agreed -> agreed.abstractSyntax().equals(sopClassUid)
                        && (asScu ? agreed.peer().scp() : agreed.peer().scu()));
        if (context == null) {
            throw new NotAccepted(sopClassUid, asScu ? "from an SCU" : "from an SCP");
        }
        return context;
    }

    /**
     * Sends C-ECHO; returns its status.
     *
     * @throws NotAccepted when Verification was not proposed or not accepted
     */
    public int echo() throws IOException {
        AgreedContext context = context(Uid.VERIFICATION, true);
        stores.settle();
        Command request = Command.echoRequest(requests.nextMessageId());
        requests.send(context, request, null);
        return requests.answer(context, request).status();
    }

    /**
     * Sends one data set and waits for its answer; see {@link #begin}.
     *
     * @throws NotAccepted when the peer did not accept the SOP class in that syntax; nothing was sent
     * @throws IOException when the association ended, or the stream failed, upon which the association is aborted
     */
    public StoreResponse store(String sopClassUid, String sopInstanceUid, String transferSyntaxUid, InputStream dataSet)
            throws IOException {
        return begin(sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet).await();
    }

    /**
     * Sends one data set, already in the transfer syntax, to the end of the stream, without waiting for its answer as long as
     * fewer are outstanding than the peer agreed to. Whatever else is asked on the association waits for them all.
     *
     * @throws NotAccepted when the peer did not accept the SOP class in that syntax; nothing was sent
     * @throws IOException when the association ended, or the stream failed, upon which the association is aborted
     */
    public PendingStore begin(String sopClassUid, String sopInstanceUid, String transferSyntaxUid, InputStream dataSet)
            throws IOException {
        AgreedContext context = context(sopClassUid, transferSyntaxUid);
        if (context == null) {
            throw new NotAccepted(sopClassUid, "in " + transferSyntaxUid);
        }
        return stores.begin(context, sopClassUid, sopInstanceUid, dataSet);
    }

    /** Sends one data set that is in memory. */
    public StoreResponse store(String sopClassUid, String sopInstanceUid, String transferSyntaxUid, byte[] dataSet)
            throws IOException {
        return store(sopClassUid, sopInstanceUid, transferSyntaxUid, new ByteArrayInputStream(dataSet));
    }

    /**
     * Sends C-FIND and hands on each match as it comes. When the consumer has enough, or the request's limit is reached, the
     * rest is cancelled; matches that come all the same are dropped. What the consumer throws aborts the association.
     *
     * @param more takes an identifier, at most 4 MiB; says whether it wants another
     * @throws NotAccepted when the information model was not proposed or not accepted
     * @throws IOException when the association ended: among others because the next answer, or after the cancellation the last
     *     one, did not come within the time-out
     */
    public FindResponse find(FindRequest find, Predicate<DataSet> more) throws IOException {
        AgreedContext context = context(find.model().find(), true);
        stores.settle();
        Command request = Command.findRequest(requests.nextMessageId(), context.abstractSyntax(), 0);
        requests.send(context, request, find.keys());
        PendingAnswers answers = new PendingAnswers(requests, context, request);
        int matches = 0;
        boolean keysUnsupported = false;
        Command answer = answers.next();
        for (; Status.pending(answer.status()); answer = answers.next()) {
            keysUnsupported |= answer.status() == Status.PENDING_KEYS_UNSUPPORTED;
            DataSet identifier = requests.dataSet(context, answer);
            if (identifier != null && !answers.cancelled()) {
                matches++;
                if (!wants(more, identifier) || matches == find.maxMatches()) {
                    answers.cancel();
                }
            }
        }
        requests.dataSet(context, answer);
        return new FindResponse(answer.status(), answer.errorComment(), matches, answers.cancelled(), keysUnsupported);
    }

    /**
     * Sends C-MOVE and waits until it is done. Where the peer tells of its progress, that is handed on.
     *
     * @param goOn takes the counts so far; says whether to go on, else the rest is cancelled. What it throws aborts the
     *     association
     * @throws NotAccepted when the information model was not proposed or not accepted
     * @throws IOException when the association ended: among others because the next answer did not come within the time-out;
     *     a peer that does not tell of its progress has that for all of it
     */
    public MoveResponse move(MoveRequest move, Predicate<SubOperations> goOn) throws IOException {
        AgreedContext context = context(move.model().move(), true);
        stores.settle();
        Command request =
                Command.moveRequest(requests.nextMessageId(), context.abstractSyntax(), 0, move.destination());
        requests.send(context, request, move.keys());
        PendingAnswers answers = new PendingAnswers(requests, context, request);
        Command answer = answers.next();
        for (; Status.pending(answer.status()); answer = answers.next()) {
            requests.dataSet(context, answer);
            if (!answers.cancelled() && !wants(goOn, answer.subOperations())) {
                answers.cancel();
            }
        }
        DataSet identifier = requests.dataSet(context, answer);
        return new MoveResponse(
                answer.status(),
                answer.errorComment(),
                answer.subOperations(),
                identifier == null ? List.of() : identifier.strings(Tag.FAILED_SOP_INSTANCE_UID_LIST),
                answers.cancelled());
    }

    private <T> boolean wants(Predicate<T> consumer, T value) {
        try {
            return consumer.test(value);
        } catch (RuntimeException | Error e) {
            association.abort();
            throw e;
        }
    }

    /**
     * Sends N-CREATE.
     *
     * @param sopInstanceUid empty to leave it to the peer
     * @param attributes null for none
     * @throws NotAccepted when the SOP class was not proposed or not accepted
     */
    public NormalizedResponse create(String sopClassUid, String sopInstanceUid, DataSet attributes) throws IOException {
        return request(NormalizedOperation.N_CREATE, sopClassUid, sopInstanceUid, 0, attributes);
    }

    /**
     * Sends N-SET.
     *
     * @throws NotAccepted when the SOP class was not proposed or not accepted
     */
    public NormalizedResponse set(String sopClassUid, String sopInstanceUid, DataSet modifications) throws IOException {
        return request(NormalizedOperation.N_SET, sopClassUid, sopInstanceUid, 0, modifications);
    }

    /**
     * Sends N-ACTION.
     *
     * @param information null for none
     * @throws NotAccepted when the SOP class was not proposed or not accepted
     */
    public NormalizedResponse action(String sopClassUid, String sopInstanceUid, int actionTypeId, DataSet information)
            throws IOException {
        return request(NormalizedOperation.N_ACTION, sopClassUid, sopInstanceUid, actionTypeId, information);
    }

    /**
     * Sends N-EVENT-REPORT.
     *
     * @param information null for none
     * @throws NotAccepted when the SOP class was not proposed with the role of an SCP, or the peer did not accept it
     */
    public NormalizedResponse eventReport(
            String sopClassUid, String sopInstanceUid, int eventTypeId, DataSet information) throws IOException {
        return request(NormalizedOperation.N_EVENT_REPORT, sopClassUid, sopInstanceUid, eventTypeId, information);
    }

    private NormalizedResponse request(
            NormalizedOperation operation, String sopClassUid, String sopInstanceUid, int typeId, DataSet dataSet)
            throws IOException {
        AgreedContext context = context(sopClassUid, !operation.byScp());
        stores.settle();
        Command request = Command.normalizedRequest(
                requests.nextMessageId(), operation, sopClassUid, sopInstanceUid, typeId, dataSet != null);
        requests.send(context, request, dataSet);
        Command answer = requests.answer(context, request);
        DataSet reply = requests.dataSet(context, answer);
        return new NormalizedResponse(
                answer.status(), answer.errorComment(), answer.sopInstanceUid(), reply, answer.errorId());
    }

    /**
     * From here on what the peer asks of us is served, whenever this client waits for something: the N-EVENT-REPORTs of storage
     * commitment, where the peer sends them on the association that requested it. Without this they end the association.
     */
    public void serve(NormalizedScp scp) {
        requests.peerRequests().serve(scp, association.peer());
    }

    /**
     * Waits until the peer asked something of us, and it was answered.
     *
     * @param wait for the request to begin; when it does not, the association is over
     * @return false when the peer released the association instead
     * @throws IllegalStateException when nothing is served, or the association is over
     */
    public boolean awaitRequest(Duration wait) throws IOException {
        if (!requests.peerRequests().serving() || !association.established()) {
            throw new IllegalStateException("nothing is served, or the association is over");
        }
        stores.settle();
        return requests.awaitPeerRequest(wait);
    }

    /** Ends the association at once, without release. */
    public void abort() {
        association.abort();
    }

    /** Releases the association and closes the connection; only closes when it is over already. */
    @Override
    public void close() throws IOException {
        try {
            stores.settle();
        } finally {
            association.close();
        }
    }
}
