package io.prelim.ingest.receive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.object.Header;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Ids;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.index.IndexOutcome;
import io.prelim.ingest.index.InstanceIndex;
import io.prelim.ingest.index.NewInstance;
import io.prelim.ingest.index.PartNumbers;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.quiet.QuietPeriods;
import io.prelim.ingest.storage.InFlight;
import io.prelim.store.Content;
import io.prelim.store.Location;
import io.prelim.store.NewPart;
import io.prelim.store.SegmentLog;
import io.prelim.store.Sha256;
import io.prelim.store.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Takes one object from a door, and answers when it is durable and indexed, or why not. Safe for use by many threads. */
@ApplicationScoped
public class InstanceReceiver {
    private static final Logger LOG = Logger.getLogger(InstanceReceiver.class);

    /** Longest head of an element: tag, value representation, length (PS3.5 section 7.1.2). */
    private static final int FIRST_ELEMENT = 12;

    private final SegmentLog log;
    private final InstanceIndex index;
    private final InFlight inFlight;
    private final ReceiveSettings settings;
    private final QuietPeriods quietPeriods;
    private final ChunkPool pool;
    private final MeterRegistry meters;
    private final Counter bytes;
    private final Timer appending;
    private final Timer indexing;

    InstanceReceiver(
            SegmentLog log,
            InstanceIndex index,
            InFlight inFlight,
            QuietPeriods quietPeriods,
            IngestConfig config,
            MeterRegistry meters) {
        this.log = log;
        this.index = index;
        this.inFlight = inFlight;
        this.quietPeriods = quietPeriods;
        this.settings = ReceiveSettings.of(config);
        this.pool = new ChunkPool(settings.memoryBudget());
        this.meters = meters;
        this.bytes = meters.counter("prelim.ingest.received.bytes");
        this.appending = meters.timer("prelim.ingest.stage", "stage", "append");
        this.indexing = meters.timer("prelim.ingest.stage", "stage", "index");
        meters.gauge("prelim.ingest.spool.memory.bytes", pool, ChunkPool::used);
    }

    /**
     * Receives the object whose data set the stream holds, to its end. Returns when all of it is read; the stage completes when
     * the object is durable and indexed, or refused, never exceptionally.
     *
     * @throws IOException when the stream fails: the object did not arrive whole, and nothing is kept
     */
    public CompletionStage<Receipt> receive(Reception reception, InputStream dataSet) throws IOException {
        long begin = System.nanoTime();
        Spool spool = new Spool(pool, settings.memoryPerObject(), settings.spoolDirectory());
        CompletableFuture<Receipt> receipt;
        try {
            receipt = take(reception, dataSet, spool, begin);
        } catch (IOException | RuntimeException | Error e) {
            spool.close();
            throw e;
        }
        bytes.increment(spool.length());
        return receipt.whenComplete((answer, fault) -> {
            spool.close();
            ended(answer, System.nanoTime() - begin);
        });
    }

    private void ended(Receipt receipt, long nanos) {
        meters.timer("prelim.ingest.receive", "result", label(receipt)).record(nanos, TimeUnit.NANOSECONDS);
        if (receipt instanceof Receipt.Refused refused) {
            OperatorMessage.INSTANCE_REFUSED.log(
                    LOG, "status", Integer.toHexString(refused.reason().dimseStatus()), "comment", refused.comment());
        }
    }

    private CompletableFuture<Receipt> take(Reception reception, InputStream dataSet, Spool spool, long begin)
            throws IOException {
        try {
            SpoolingStream in =
                    new SpoolingStream(dataSet, spool, settings.limits().maxObjectBytes());
            TransferSyntax syntax = TransferSyntax.of(reception.transferSyntaxUid());
            MessageDigest inflated = syntax.deflated() ? Sha256.digest() : null;
            Header header = inflated == null
                    ? DataSetReader.readHeader(in, syntax, settings.limits())
                    : DataSetReader.readThrough(
                            in,
                            syntax,
                            settings.limits(),
                            new DigestOutputStream(OutputStream.nullOutputStream(), inflated));
            in.drain();
            ObjectFacts facts = ObjectFacts.of(header.dataSet(), reception.transferSyntaxUid());
            Receipt.Refused refused = check(reception, facts);
            return refused != null
                    ? CompletableFuture.completedFuture(refused)
                    : store(reception, facts, split(header, spool, inflated), begin);
        } catch (MalformedInput e) {
            // what is beyond a limit from its first element on is no data set
            boolean limit = e.kind() == MalformedInput.Kind.LIMIT && e.offset() > FIRST_ELEMENT;
            return CompletableFuture.completedFuture(new Receipt.Refused(
                    limit ? Receipt.Reason.LIMIT_EXCEEDED : Receipt.Reason.MALFORMED, e.getMessage()));
        } catch (Spool.SpoolFailed e) {
            OperatorMessage.STORAGE_REFUSED.log(LOG, "reason", OperatorMessage.reason(e));
            return CompletableFuture.completedFuture(
                    new Receipt.Refused(Receipt.Reason.OUT_OF_RESOURCES, "no space for objects coming in"));
        }
    }

    private SplitObject split(Header header, Spool spool, MessageDigest inflated) throws IOException {
        if (inflated == null) {
            return SplitObject.of(header, spool, settings.limits().maxElements());
        }
        boolean pixels = header.pixelData() != null && header.pixelData().length() != 0;
        return SplitObject.whole(spool, pixels ? Sha256.of(inflated.digest()) : null);
    }

    private static Receipt.Refused check(Reception reception, ObjectFacts facts) {
        if (facts.sopClassUid() == null && facts.sopInstanceUid() == null && facts.studyInstanceUid() == null) {
            return new Receipt.Refused(Receipt.Reason.MALFORMED, "no DICOM composite object: no SOP or study UIDs");
        }
        if (!reception.sopClassUid().equals(facts.sopClassUid())) {
            return new Receipt.Refused(
                    Receipt.Reason.SOP_CLASS_MISMATCH, "(0008,0016) does not match the announced SOP class");
        }
        if (!reception.sopInstanceUid().equals(facts.sopInstanceUid())) {
            return new Receipt.Refused(
                    Receipt.Reason.INVALID_UIDS, "(0008,0018) does not match the announced instance");
        }
        if (!Uid.isValid(facts.sopInstanceUid())) {
            return new Receipt.Refused(Receipt.Reason.INVALID_UIDS, "(0008,0018) is not a valid UID");
        }
        if (!Uid.isValid(facts.sopClassUid())) {
            return new Receipt.Refused(Receipt.Reason.INVALID_UIDS, "(0008,0016) is not a valid UID");
        }
        if (!Uid.isValid(facts.studyInstanceUid())) {
            return new Receipt.Refused(Receipt.Reason.INVALID_UIDS, "(0020,000D) is absent or not a valid UID");
        }
        if (!Uid.isValid(facts.seriesInstanceUid())) {
            return new Receipt.Refused(Receipt.Reason.INVALID_UIDS, "(0020,000E) is absent or not a valid UID");
        }
        if (reception.studyInstanceUid() != null
                && !reception.studyInstanceUid().equals(facts.studyInstanceUid())) {
            return new Receipt.Refused(Receipt.Reason.OTHER_STUDY, "(0020,000D) is not the study it was sent to");
        }
        return facts.rejection() == null ? null : facts.rejection().refusal();
    }

    /** The parts point into the spool, which the writer is done with when the append has ended, well or not. */
    private CompletableFuture<Receipt> store(Reception reception, ObjectFacts facts, SplitObject object, long begin) {
        UUID studyKey = Ids.study(settings.issuer(), facts.studyInstanceUid());
        Annotation annotation = Annotation.of(reception, object);
        List<NewPart> parts = parts(annotation, facts, object, studyKey);
        InFlight.Ticket ticket = inFlight.enter();
        CompletableFuture<List<Location>> appended = timed(appending, log.append(parts));
        return appended.thenCompose(
                        locations -> indexed(stored(studyKey, annotation, parts, locations), facts, ticket, begin))
                .handle((outcome, fault) -> {
                    if (appended.isCompletedExceptionally()) {
                        ticket.close();
                    }
                    return fault == null ? receipt(studyKey, facts, outcome) : failed(cause(fault));
                });
    }

    /** The ticket is held until the database has answered, even if the sender was told before that it did not. */
    private CompletableFuture<IndexOutcome> indexed(
            StoredObject object, ObjectFacts facts, InFlight.Ticket ticket, long begin) {
        CompletableFuture<IndexOutcome> outcome;
        try {
            outcome = timed(indexing, index.add(object.instance(facts, settings, quietPeriods, begin)));
        } catch (RuntimeException e) {
            ticket.close();
            throw e;
        }
        outcome.whenComplete((answer, fault) -> ticket.close());
        return outcome.copy().orTimeout(settings.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static <T> CompletableFuture<T> timed(Timer timer, CompletableFuture<T> stage) {
        long begin = System.nanoTime();
        return stage.whenComplete((result, fault) -> timer.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS));
    }

    private static Throwable cause(Throwable fault) {
        return fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    }

    private List<NewPart> parts(Annotation annotation, ObjectFacts facts, SplitObject object, UUID studyKey) {
        UUID headerId = UUID.randomUUID();
        String uid = facts.sopInstanceUid();
        List<NewPart> parts = new ArrayList<>(2);
        parts.add(part(
                headerId, studyKey, PartClass.HEADER, uid, annotation.text(), object.headerDigest(), object.header()));
        if (object.pixels() != null) {
            parts.add(part(
                    UUID.randomUUID(),
                    studyKey,
                    PartClass.PIXELS,
                    uid,
                    Annotation.ofPixels(headerId),
                    object.pixelsDigest(),
                    object.pixels()));
        }
        return parts;
    }

    private static NewPart part(
            UUID id,
            UUID studyKey,
            PartClass partClass,
            String uid,
            String annotation,
            Sha256 digest,
            Content content) {
        return new NewPart(id, studyKey, PartNumbers.of(partClass), uid, annotation, digest, content);
    }

    private static StoredObject stored(
            UUID studyKey, Annotation annotation, List<NewPart> parts, List<Location> locations) {
        return new StoredObject(
                studyKey,
                annotation,
                stored(parts.get(0), locations.get(0), PartClass.HEADER),
                parts.size() < 2 ? null : stored(parts.get(1), locations.get(1), PartClass.PIXELS));
    }

    private static NewInstance.StoredPart stored(NewPart part, Location location, PartClass partClass) {
        return new NewInstance.StoredPart(
                new PartReference(
                        part.partId(),
                        partClass,
                        location.length(),
                        part.digest().prefixed()),
                location);
    }

    private static Receipt receipt(UUID studyKey, ObjectFacts facts, IndexOutcome outcome) {
        String uid = facts.sopInstanceUid();
        if (outcome instanceof IndexOutcome.Added) {
            return new Receipt.Stored(Receipt.How.NEW, studyKey);
        }
        if (outcome instanceof IndexOutcome.HeaderVersion version) {
            (version.identityChanged() ? OperatorMessage.IDENTITY_CHANGED : OperatorMessage.HEADER_CHANGED)
                    .log(LOG, "sopInstanceUid", uid, "version", version.version());
            return new Receipt.Stored(Receipt.How.HEADER_VERSION, studyKey);
        }
        if (outcome instanceof IndexOutcome.OtherPixels) {
            OperatorMessage.OTHER_PIXELS.log(LOG, "sopInstanceUid", uid);
            return new Receipt.Refused(
                    Receipt.Reason.OTHER_PIXELS, "SOP Instance UID is stored with other pixels; kept aside");
        }
        return new Receipt.Stored(Receipt.How.DUPLICATE, studyKey);
    }

    private static Receipt failed(Throwable cause) {
        if (cause instanceof StoreException) {
            OperatorMessage.STORAGE_REFUSED.log(LOG, "reason", OperatorMessage.reason(cause));
            return new Receipt.Refused(Receipt.Reason.OUT_OF_RESOURCES, comment((StoreException) cause));
        }
        // the index writer has said why
        return new Receipt.Refused(Receipt.Reason.OUT_OF_RESOURCES, "database not available");
    }

    private static String comment(StoreException cause) {
        if (cause instanceof StoreException.StorageFull) {
            return "storage full";
        }
        return cause instanceof StoreException.NotCopied ? "second copy not available" : "storage not available";
    }

    private static String label(Receipt receipt) {
        return receipt instanceof Receipt.Stored stored
                ? stored.how().name().toLowerCase(java.util.Locale.ROOT)
                : ((Receipt.Refused) receipt).reason().name().toLowerCase(java.util.Locale.ROOT);
    }
}
