package io.prelim.ingest.commitment;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.association.Roles;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.StorageCommitment;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.ingest.config.CommitmentConfig;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.remote.Errands;
import io.prelim.ingest.remote.Remote;
import io.prelim.ingest.remote.Remotes;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Judges requests that are due and reports their results, each requester on an association and a thread of its own, so that one that
 * is away keeps no other waiting. A result may be reported twice, when its answer was lost.
 */
@ApplicationScoped
class CommitmentReporter {
    private static final Logger LOG = Logger.getLogger(CommitmentReporter.class);
    /** Claimed at one look. */
    private static final int BATCH = 64;
    /** Ours is the role of the SCP, which the acceptor must agree to (PS3.7 annex D.3.3.4). */
    private static final List<PresentationContext> CONTEXTS = List.of(PresentationContext.of(
                    Uid.STORAGE_COMMITMENT_PUSH_MODEL, Uid.EXPLICIT_VR_LITTLE_ENDIAN, Uid.IMPLICIT_VR_LITTLE_ENDIAN)
            .withRoles(Roles.SCP));

    private final Commitments commitments;
    private final Remotes remotes;
    private final CommitmentConfig config;
    private final MeterRegistry meters;
    private final Errands errands;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final AtomicLong waiting;

    CommitmentReporter(Commitments commitments, Remotes remotes, IngestConfig config, MeterRegistry meters) {
        this.commitments = commitments;
        this.remotes = remotes;
        this.config = config.commitment();
        this.meters = meters;
        this.errands = new Errands(
                "commitment-reporter",
                this.config.requestersAtOnce(),
                e -> OperatorMessage.COMMITMENTS_FAILED.log(LOG, "reason", OperatorMessage.reason(e)));
        this.waiting = meters.gauge("prelim.ingest.commitments.waiting", new AtomicLong());
    }

    @PreDestroy
    void stop() throws InterruptedException {
        errands.stop();
    }

    @Scheduled(
            every = "${prelim.commitment.check-every}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        errands.look(() -> {
            int free = errands.free();
            if (free > 0) {
                start(commitments.claim(Set.copyOf(busy), BATCH), free);
            }
        });
    }

    @Scheduled(every = "10s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        try {
            waiting.set(commitments.waiting());
        } catch (RuntimeException e) {
            LOG.debug("commitments were not counted", e);
        }
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        errands.attempt(commitments::purge);
    }

    private void start(List<DueCommitment> claimed, int free) {
        Map<String, List<DueCommitment>> byRequester = new LinkedHashMap<>();
        claimed.forEach(due -> byRequester
                .computeIfAbsent(due.requester(), requester -> new ArrayList<>())
                .add(due));
        int started = 0;
        for (Map.Entry<String, List<DueCommitment>> each : byRequester.entrySet()) {
            if (started++ < free) {
                busy.add(each.getKey());
                errands.start(() -> report(each.getKey(), each.getValue()));
            } else {
                each.getValue().forEach(due -> commitments.release(due.commitmentId()));
            }
        }
    }

    private void report(String requester, List<DueCommitment> claimed) {
        try {
            Deque<DueCommitment> judged = new ArrayDeque<>();
            claimed.stream().filter(this::judge).forEach(judged::add);
            if (!judged.isEmpty()) {
                send(requester, judged);
            }
        } finally {
            // what is claimed and not reported comes again when the claim ends
            busy.remove(requester);
        }
    }

    /** @return whether it can be reported; else it waits for what may still come in */
    private boolean judge(DueCommitment due) {
        if (due.judged()) {
            return true;
        }
        List<Reference> references = commitments.references(due.commitmentId());
        if (!due.waited() && references.stream().anyMatch(Reference::missing)) {
            commitments.later(due.commitmentId());
            return false;
        }
        commitments.judged(due.commitmentId(), references);
        return true;
    }

    private void send(String requester, Deque<DueCommitment> judged) {
        Optional<Remote> remote = remotes.ofAeTitle(requester);
        if (remote.isEmpty()) {
            judged.forEach(due -> failed(due, "noAddress"));
            return;
        }
        long lastStart = System.nanoTime() + config.claim().dividedBy(2).toNanos();
        DicomClient client;
        try {
            client = remotes.connect(remote.get(), CONTEXTS);
        } catch (IOException e) {
            // each of them would meet the same
            judged.forEach(due -> failed(due, OperatorMessage.reason(e)));
            return;
        }
        try (client) {
            while (!judged.isEmpty() && System.nanoTime() < lastStart) {
                tell(client, judged.peek());
                judged.remove();
            }
        } catch (DicomClient.NotAccepted e) {
            judged.forEach(due -> failed(due, OperatorMessage.reason(e)));
            return;
        } catch (IOException e) {
            // what this one met, others need not
            Optional.ofNullable(judged.poll()).ifPresent(due -> failed(due, OperatorMessage.reason(e)));
        }
        judged.forEach(due -> commitments.release(due.commitmentId()));
    }

    private void tell(DicomClient client, DueCommitment due) throws IOException {
        StorageCommitment.Result result = commitments.result(due);
        NormalizedResponse answer = client.eventReport(
                Uid.STORAGE_COMMITMENT_PUSH_MODEL,
                Uid.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE,
                result.eventTypeId(),
                result.dataSet());
        if (!answer.done()) {
            failed(due, String.format("status %04X", answer.status()));
            return;
        }
        commitments.delivered(due.commitmentId());
        count("delivered");
        (result.failed().isEmpty() ? OperatorMessage.COMMITTED : OperatorMessage.NOT_ALL_COMMITTED)
                .log(
                        LOG,
                        "requester",
                        due.requester(),
                        "transaction",
                        due.transactionUid(),
                        "committed",
                        result.committed().size(),
                        "failed",
                        result.failed().size());
    }

    private void failed(DueCommitment due, String reason) {
        if (due.overdue()) {
            commitments.abandoned(due.commitmentId());
            count("abandoned");
        } else {
            commitments.failed(due.commitmentId());
            count("failed");
        }
        (due.overdue() ? OperatorMessage.COMMITMENT_ABANDONED : OperatorMessage.COMMITMENT_NOT_TOLD)
                .log(
                        LOG,
                        "requester",
                        due.requester(),
                        "transaction",
                        due.transactionUid(),
                        "attempt",
                        due.attempts() + 1,
                        "reason",
                        reason);
    }

    private void count(String result) {
        meters.counter("prelim.ingest.commitment.reports", "result", result).increment();
    }
}
