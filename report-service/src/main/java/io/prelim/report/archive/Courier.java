package io.prelim.report.archive;

import io.prelim.dicom.object.DicomFile;
import io.prelim.report.archive.Destination.Unreachable;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.settings.ArchiveSettings;
import io.prelim.report.store.ArchiveDelivery;
import io.prelim.report.store.ArchiveQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Brings results to one archive, one after the other; holds one of them in memory. */
final class Courier {
    private static final OperatorLog LOG = OperatorLog.of(Courier.class);
    /** Entries of the event log queued in one transaction. */
    private static final int READ = 200;
    /** Beyond what connecting and two waits for the archive take. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final String archive;
    private final ArchiveSettings settings;
    private final Destination destination;
    private final ArchiveQueue queue;
    private final Documents documents;
    private final Wanted wanted;
    private final Pauses pauses;
    private final ArchiveFigures figures;
    private final Duration claim;
    private final UUID self = UUID.randomUUID();
    private volatile boolean stopping;

    Courier(
            String archive,
            ArchiveSettings settings,
            Destination destination,
            ArchiveQueue queue,
            Documents documents,
            ArchiveFigures figures) {
        this.archive = archive;
        this.settings = settings;
        this.destination = destination;
        this.queue = queue;
        this.documents = documents;
        this.figures = figures;
        this.wanted = new Wanted(settings.send(), documents);
        this.pauses = new Pauses(
                settings.shortestPause(),
                settings.longestPause(),
                () -> ThreadLocalRandom.current().nextDouble());
        this.claim = settings.connectTimeout()
                .plus(settings.answerTimeout().multipliedBy(2))
                .plus(MARGIN);
    }

    void stop() {
        stopping = true;
    }

    /** Queues what is new, then sends what is due, if no other replica does and the archive is not to be left alone. */
    void round() {
        ArchiveQueue.Read read;
        do {
            read = queue.read(archive, READ, wanted::of);
            if (read.missed() > 0) {
                LOG.write(OperatorMessage.ARCHIVE_GAP, "archive", archive, "changes", read.missed());
            }
        } while (read.entries() == READ && !stopping);
        boolean more = true;
        while (more && !stopping && queue.next(archive).isPresent() && queue.hold(archive, self, claim)) {
            try {
                more = batch();
            } finally {
                queue.release(archive, self);
            }
        }
    }

    /** @return whether there may be more to send now */
    private boolean batch() {
        Optional<ArchiveDelivery> next = Optional.empty();
        try (Destination.Session session = destination.open()) {
            for (int sent = 0; sent < settings.batch() && !stopping; sent++) {
                next = queue.next(archive);
                if (next.isEmpty() || !deliver(next.get(), session)) {
                    return false;
                }
                next = Optional.empty();
            }
            return true;
        } catch (IOException e) {
            // whatever became of it: it is sent again, the same instance with the same bytes
            next.ifPresent(delivery -> queue.postponed(delivery, problem(e), pauses.after(delivery.attempts() + 1)));
            int failures = queue.unreachable(archive, problem(e), times -> pause(e, times));
            if (failures == 1) {
                LOG.write(OperatorMessage.ARCHIVE_UNREACHABLE, "archive", archive, "problem", problem(e));
            }
            return false;
        }
    }

    private Duration pause(IOException fault, int failures) {
        Duration pause = pauses.after(failures);
        return fault instanceof Unreachable told ? told.atLeast(pause) : pause;
    }

    /** @return whether the archive is still ours */
    private boolean deliver(ArchiveDelivery delivery, Destination.Session session) throws IOException {
        Document document;
        try {
            document = document(delivery);
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            refused(delivery, "cannot be written: " + OperatorLog.fault(e));
            return true;
        }
        Optional<String> first = queue.begin(delivery, document.digest(), self, claim);
        if (first.isEmpty()) {
            return false;
        }
        if (!first.get().equals(document.digest())) {
            tell(OperatorMessage.ARCHIVE_BYTES_DIFFER, delivery, null);
        }
        Answer answer = session.store(document);
        if (queue.reached(archive)) {
            LOG.write(OperatorMessage.ARCHIVE_REACHED, "archive", archive);
        }
        if (answer instanceof Answer.Stored stored) {
            queue.sent(delivery, stored.note());
            figures.sent(archive, delivery.kind());
            tell(OperatorMessage.ARCHIVE_SENT, delivery, stored.note());
        } else if (answer instanceof Answer.Refused refused) {
            refused(delivery, refused.problem());
        } else if (answer instanceof Answer.Later later) {
            queue.postponed(delivery, later.problem(), pauses.after(delivery.attempts() + 1));
            tell(OperatorMessage.ARCHIVE_POSTPONED, delivery, later.problem());
        }
        return true;
    }

    private void refused(ArchiveDelivery delivery, String problem) {
        queue.refused(delivery, problem);
        figures.refused(archive, delivery.kind());
        tell(OperatorMessage.ARCHIVE_REFUSED, delivery, problem);
    }

    private Document document(ArchiveDelivery delivery) {
        Optional<DicomFile> file = delivery.findingId() == null
                ? documents.report(delivery.reportKey(), delivery.version())
                : documents.segmentation(delivery.reportKey(), delivery.version(), delivery.findingId());
        return Document.of(file.orElseThrow(() -> new IllegalStateException("it is not there")));
    }

    private static String problem(IOException fault) {
        return fault instanceof Unreachable ? fault.getMessage() : OperatorLog.fault(fault);
    }

    private void tell(OperatorMessage message, ArchiveDelivery delivery, String problem) {
        LOG.write(
                message,
                "archive",
                archive,
                "reportKey",
                delivery.reportKey(),
                "version",
                delivery.version(),
                "kind",
                delivery.kind(),
                "sopInstanceUid",
                delivery.sopInstanceUid(),
                "problem",
                problem == null ? "none" : problem);
    }
}
