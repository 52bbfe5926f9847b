package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.AssociationAborted;
import io.prelim.dicom.net.dimse.Command;
import java.time.Duration;

/** The answers to one C-FIND or C-MOVE as they come: pending ones, at last a final one. */
final class PendingAnswers {
    private final Requests requests;
    private final AgreedContext context;
    private final Command request;
    private boolean cancelled;
    private long cancelledNanos;

    PendingAnswers(Requests requests, AgreedContext context, Command request) {
        this.requests = requests;
        this.context = context;
        this.request = request;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** The next answer. A peer that does not stop within the time-out of having been told to is aborted. */
    Command next() throws AssociationAborted {
        if (!cancelled) {
            return requests.answer(context, request);
        }
        Duration left = requests.timeout().minusNanos(System.nanoTime() - cancelledNanos);
        if (left.isNegative() || left.isZero()) {
            throw requests.outOfTime("answers go on after C-CANCEL");
        }
        return requests.answer(context, request, left);
    }

    /** Asks the peer to stop, once; what is on its way still comes. */
    void cancel() throws AssociationAborted {
        if (!cancelled) {
            cancelled = true;
            cancelledNanos = System.nanoTime();
            requests.send(context, Command.cancel(request), null);
        }
    }
}
