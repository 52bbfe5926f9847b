package io.prelim.ingest.web.stow;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.web.multipart.MalformedMultipart;
import io.prelim.ingest.web.multipart.MultipartReader;
import io.prelim.ingest.web.multipart.Part;
import java.io.IOException;
import java.util.Map;
import org.jboss.logging.Logger;

/** One store request from its first byte to its answer, which is made when each of its objects has an end. */
final class StoreTransaction {
    private static final Logger LOG = Logger.getLogger(StoreTransaction.class);

    private final Submissions submissions;

    StoreTransaction(Submissions submissions) {
        this.submissions = submissions;
    }

    /**
     * Takes every part to the end of the body.
     *
     * @throws IOException when the sender went away: there is nobody to answer
     */
    StoreAnswer parts(MultipartReader reader, PartTaker taker) throws IOException {
        return answer(taker, () -> {
            for (Part part = reader.next(); part != null; part = reader.next()) {
                taker.take(part);
            }
        });
    }

    /** Takes the body as one part; throws as {@link #parts} does. */
    StoreAnswer single(RequestBody body, String contentType, PartTaker taker) throws IOException {
        return answer(taker, () -> taker.take(new Part(Map.of("content-type", contentType), body)));
    }

    private interface Reading {
        void run() throws IOException;
    }

    private StoreAnswer answer(PartTaker taker, Reading reading) throws IOException {
        StoreAnswer.Fault fault = null;
        try (taker) {
            reading.run();
            taker.end();
        } catch (MalformedMultipart e) {
            boolean limit = e.kind() == MalformedMultipart.Kind.LIMIT;
            fault = new StoreAnswer.Fault(
                    limit ? 413 : 400,
                    "The multipart body is refused: " + e.getMessage() + ".",
                    limit ? FailureReason.LIMIT_EXCEEDED : FailureReason.MALFORMED);
        } catch (MalformedInput e) {
            FailureReason reason = FailureReason.of(e);
            fault = new StoreAnswer.Fault(
                    reason == FailureReason.LIMIT_EXCEEDED ? 413 : 400,
                    "The metadata is refused: " + e.getMessage() + ".",
                    reason);
        } catch (RequestBody.Idle e) {
            fault = new StoreAnswer.Fault(
                    408, "Nothing came of the request for too long.", FailureReason.PROCESSING_FAILURE);
        } finally {
            submissions.await();
        }
        if (fault != null) {
            OperatorMessage.STOW_REFUSED.log(LOG, "status", fault.status(), "reason", fault.detail());
        }
        return StoreAnswer.of(submissions.outcomes(), fault);
    }
}
