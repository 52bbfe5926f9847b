package io.prelim.ingest.web.stow;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.FileMeta;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.receive.InstanceReceiver;
import io.prelim.ingest.receive.Receipt;
import io.prelim.ingest.receive.Reception;
import io.prelim.ingest.web.multipart.MalformedMultipart;
import io.prelim.ingest.web.multipart.MultipartReader;
import io.prelim.ingest.web.multipart.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** One store request: takes its objects one after the other, and waits for all of them. For one thread. */
final class StoreTransaction {
    private static final Logger LOG = Logger.getLogger(StoreTransaction.class);

    /** File meta information is a few hundred bytes; a private part (0002,0102) may be longer. */
    private static final ReadLimits META_LIMITS = ReadLimits.DEFAULT.withMaxObjectBytes(1 << 20);

    private static final Set<String> PLAIN_ENCODINGS = Set.of("binary", "8bit", "7bit");

    private final InstanceReceiver receiver;
    private final String sender;
    private final String study;
    private final int windowSize;
    private final Semaphore window;
    private final List<CompletableFuture<ObjectOutcome>> outcomes = new ArrayList<>();

    /**
     * @param study that every object must be of, or null
     * @param window objects that may wait to be committed
     */
    StoreTransaction(InstanceReceiver receiver, String sender, String study, int window) {
        this.receiver = receiver;
        this.sender = sender;
        this.study = study;
        this.windowSize = window;
        this.window = new Semaphore(window);
    }

    /**
     * Takes every part to the end of the body.
     *
     * @throws IOException when the sender went away: there is nobody to answer
     */
    StoreAnswer parts(MultipartReader reader) throws IOException {
        StoreAnswer.Fault fault = null;
        try {
            for (Part part = reader.next(); part != null; part = reader.next()) {
                take(part);
            }
        } catch (MalformedMultipart e) {
            boolean limit = e.kind() == MalformedMultipart.Kind.LIMIT;
            fault = new StoreAnswer.Fault(
                    limit ? 413 : 400,
                    "The multipart body is refused: " + e.getMessage() + ".",
                    limit ? FailureReason.LIMIT_EXCEEDED : FailureReason.MALFORMED);
        } catch (RequestBody.Idle e) {
            fault = idle();
        } finally {
            awaitAll();
        }
        return answer(fault);
    }

    /** Takes the body as one object; throws as {@link #parts} does. */
    StoreAnswer single(InputStream body) throws IOException {
        StoreAnswer.Fault fault = null;
        try {
            object(body);
        } catch (RequestBody.Idle e) {
            fault = idle();
        } finally {
            awaitAll();
        }
        return answer(fault);
    }

    private static StoreAnswer.Fault idle() {
        return new StoreAnswer.Fault(
                408, "Nothing came of the request for too long.", FailureReason.PROCESSING_FAILURE);
    }

    private StoreAnswer answer(StoreAnswer.Fault fault) {
        if (fault != null) {
            OperatorMessage.STOW_REFUSED.log(LOG, "status", fault.status(), "reason", fault.detail());
        }
        return StoreAnswer.of(outcomes.stream().map(CompletableFuture::join).toList(), fault);
    }

    private void take(Part part) throws IOException {
        String encoding = part.header("content-transfer-encoding");
        boolean dicom = part.header("content-type") == null
                || part.contentType().filter(type -> type.is(StoreHead.DICOM)).isPresent();
        if (!dicom || encoding != null && !PLAIN_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            refuse(FailureReason.NO_DICOM_PART, "no part of " + StoreHead.DICOM);
        } else {
            object(part.body());
        }
    }

    private void object(InputStream file) throws IOException {
        FileMeta meta;
        try {
            meta = FileMeta.read(file, META_LIMITS);
        } catch (MalformedInput e) {
            boolean limit = e.kind() == MalformedInput.Kind.LIMIT;
            refuse(limit ? FailureReason.LIMIT_EXCEEDED : FailureReason.MALFORMED, e.getMessage());
            return;
        }
        if (!Uid.isValid(meta.sopClassUid()) || !Uid.isValid(meta.sopInstanceUid())) {
            refuse(FailureReason.INVALID_UIDS, "file meta information names no valid SOP class and instance");
            return;
        }
        if (!Uid.isStorage(meta.sopClassUid())) {
            refuse(meta, FailureReason.SOP_CLASS_NOT_SUPPORTED);
            return;
        }
        Reception reception =
                new Reception(sender, meta.sopClassUid(), meta.sopInstanceUid(), study, meta.transferSyntaxUid());
        window.acquireUninterruptibly();
        CompletableFuture<ObjectOutcome> outcome;
        try {
            outcome = receiver.receive(reception, meta.dataSet())
                    .thenApply(receipt -> outcome(meta, receipt))
                    .toCompletableFuture();
        } catch (RuntimeException e) {
            OperatorMessage.RECEIVE_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            outcome = CompletableFuture.completedFuture(new ObjectOutcome.Failed(
                    meta.sopClassUid(), meta.sopInstanceUid(), FailureReason.PROCESSING_FAILURE.code()));
        } catch (IOException e) {
            window.release();
            throw e;
        }
        outcomes.add(outcome.whenComplete((any, fault) -> window.release()));
    }

    private static ObjectOutcome outcome(FileMeta meta, Receipt receipt) {
        return receipt instanceof Receipt.Refused refused
                ? new ObjectOutcome.Failed(
                        meta.sopClassUid(),
                        meta.sopInstanceUid(),
                        refused.reason().dimseStatus())
                : new ObjectOutcome.Stored(meta.sopClassUid(), meta.sopInstanceUid());
    }

    private void refuse(FailureReason reason, String comment) {
        OperatorMessage.PART_REFUSED.log(LOG, "reason", reason, "comment", comment);
        outcomes.add(CompletableFuture.completedFuture(new ObjectOutcome.Unknown(reason.code())));
    }

    private void refuse(FileMeta meta, FailureReason reason) {
        OperatorMessage.PART_REFUSED.log(LOG, "reason", reason, "sopInstanceUid", meta.sopInstanceUid());
        outcomes.add(CompletableFuture.completedFuture(
                new ObjectOutcome.Failed(meta.sopClassUid(), meta.sopInstanceUid(), reason.code())));
    }

    /** Returns when nothing of this request is under way any more. */
    private void awaitAll() {
        window.acquireUninterruptibly(windowSize);
        window.release(windowSize);
    }
}
