package io.prelim.ingest.web.stow;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.receive.InstanceReceiver;
import io.prelim.ingest.receive.Receipt;
import io.prelim.ingest.receive.Reception;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** The objects of one request on their way into {@code receive}, so many of them at a time. For one thread. */
final class Submissions {
    private static final Logger LOG = Logger.getLogger(Submissions.class);

    private static final int LOGGED_REFUSALS = 20;

    private final InstanceReceiver receiver;
    private final String sender;
    private final String study;
    private final int windowSize;
    private final Semaphore window;
    private final List<CompletableFuture<ObjectOutcome>> outcomes = new ArrayList<>();
    private int refusals;

    /**
     * @param study that every object must be of, or null
     * @param window objects that may wait to be committed
     */
    Submissions(InstanceReceiver receiver, String sender, String study, int window) {
        this.receiver = receiver;
        this.sender = sender;
        this.study = study;
        this.windowSize = window;
        this.window = new Semaphore(window);
    }

    /**
     * Hands in an object whose bytes come from the stream.
     *
     * @param sopClassUid as announced, or null; likewise the instance
     * @throws IOException when the stream fails
     */
    void store(String sopClassUid, String sopInstanceUid, String transferSyntaxUid, InputStream dataSet)
            throws IOException {
        if (!Uid.isValid(sopClassUid) || !Uid.isValid(sopInstanceUid)) {
            refuse(FailureReason.INVALID_UIDS, "no valid SOP class and instance are named");
            return;
        }
        if (!Uid.isStorage(sopClassUid)) {
            refuse(sopClassUid, sopInstanceUid, FailureReason.SOP_CLASS_NOT_SUPPORTED);
            return;
        }
        if (!TransferSyntax.STORAGE.contains(transferSyntaxUid)) {
            refuse(sopClassUid, sopInstanceUid, FailureReason.TRANSFER_SYNTAX_NOT_SUPPORTED);
            return;
        }
        Reception reception = new Reception(sender, sopClassUid, sopInstanceUid, study, transferSyntaxUid);
        window.acquireUninterruptibly();
        CompletableFuture<ObjectOutcome> outcome = new CompletableFuture<>();
        try {
            receiver.receive(reception, dataSet).whenComplete((receipt, fault) -> {
                window.release();
                outcome.complete(outcome(reception, receipt));
            });
        } catch (IOException e) {
            window.release();
            throw e;
        } catch (RuntimeException e) {
            window.release();
            OperatorMessage.RECEIVE_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            outcome.complete(outcome(reception, null));
        }
        outcomes.add(outcome);
    }

    /** @param receipt null when receiving failed */
    private static ObjectOutcome outcome(Reception reception, Receipt receipt) {
        if (receipt instanceof Receipt.Stored) {
            return new ObjectOutcome.Stored(reception.sopClassUid(), reception.sopInstanceUid());
        }
        int reason = receipt instanceof Receipt.Refused refused
                ? refused.reason().dimseStatus()
                : FailureReason.PROCESSING_FAILURE.code();
        return new ObjectOutcome.Failed(reception.sopClassUid(), reception.sopInstanceUid(), reason);
    }

    /** Refuses what nobody can say which object it is. */
    void refuse(FailureReason reason, String comment) {
        if (mayLog()) {
            OperatorMessage.PART_REFUSED.log(LOG, "reason", reason, "comment", comment);
        }
        outcomes.add(CompletableFuture.completedFuture(new ObjectOutcome.Unknown(reason.code())));
    }

    /** Refuses an object, by name if it has a valid one. */
    void refuse(String sopClassUid, String sopInstanceUid, FailureReason reason) {
        if (!Uid.isValid(sopClassUid) || !Uid.isValid(sopInstanceUid)) {
            refuse(reason, "of no valid SOP class and instance");
            return;
        }
        if (mayLog()) {
            OperatorMessage.PART_REFUSED.log(LOG, "reason", reason, "sopInstanceUid", sopInstanceUid);
        }
        outcomes.add(CompletableFuture.completedFuture(
                new ObjectOutcome.Failed(sopClassUid, sopInstanceUid, reason.code())));
    }

    /** A flood of parts is not to become one of lines. */
    private boolean mayLog() {
        return refusals++ < LOGGED_REFUSALS;
    }

    /** Returns when nothing is under way any more. */
    void await() {
        window.acquireUninterruptibly(windowSize);
        window.release(windowSize);
    }

    /** In the order they came; waits for each. */
    List<ObjectOutcome> outcomes() {
        return outcomes.stream().map(CompletableFuture::join).toList();
    }
}
