package io.prelim.ingest.publish;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * One thread that takes what is due to the broker: claims rows shard by shard, sends them with no transaction open, and says how it
 * went. Several relays, in one process or many, share the outbox. While the broker is away rows wait and nobody else does.
 */
final class Relay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);
    private static final long LONGEST_STOP_MILLIS = 5_000;

    private final Claims claims;
    private final Sender sender;
    private final IngestConfig.Relay settings;
    private final OutboxFigures figures;
    private final ResendBudget budget;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean rung;
    private volatile boolean closed;
    private boolean brokerAway;
    private boolean databaseAway;

    private Relay(
            Claims claims, Sender sender, IngestConfig.Relay settings, OutboxFigures figures, ResendBudget budget) {
        this.claims = claims;
        this.sender = sender;
        this.settings = settings;
        this.figures = figures;
        this.budget = budget;
        this.thread = new Thread(this::run, "prelim-relay");
        this.thread.setDaemon(true);
    }

    /** @param sender is the relay's from here on, and closed with it */
    static Relay start(
            Claims claims, Sender sender, IngestConfig.Relay settings, OutboxFigures figures, ResendBudget budget) {
        Relay relay = new Relay(claims, sender, settings, figures, budget);
        relay.thread.start();
        return relay;
    }

    /** Something new waits. Never blocks. */
    void ring() {
        lock.lock();
        try {
            rung = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the pass under way, waiting for it 5 s. */
    @Override
    public void close() {
        closed = true;
        ring();
        try {
            thread.join(LONGEST_STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            boolean well = pass();
            if (well) {
                pause = FIRST_PAUSE;
                rest(settings.checkEvery(), true);
            } else {
                rest(pause, false);
                pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause.multipliedBy(2);
            }
        }
        sender.close();
    }

    /** @return false if broker or database are away */
    private boolean pass() {
        try {
            List<OutboxRow> rows = claim();
            databaseAway = false;
            boolean well = true;
            while (!rows.isEmpty() && well && !closed) {
                well = deliver(rows);
                rows = well ? claim() : List.of();
            }
            return well;
        } catch (RuntimeException e) {
            // rows that are claimed come again when the claim ends
            if (!databaseAway) {
                databaseAway = true;
                OperatorMessage.RELAY_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            }
            return false;
        }
    }

    private List<OutboxRow> claim() {
        List<Short> shards = new ArrayList<>(claims.dueShards());
        Collections.shuffle(shards); // none of them always has the budget first
        List<OutboxRow> rows = new ArrayList<>();
        for (short shard : shards) {
            rows.addAll(claims.claim(shard, settings.batch(), settings.claim()));
            int allowed = budget.take(settings.batch());
            if (allowed > 0) {
                List<OutboxRow> again = claims.claimAgain(shard, allowed, settings.claim());
                budget.giveBack(allowed - again.size());
                rows.addAll(again);
            }
        }
        return rows;
    }

    /** A study's rows one after the other, studies side by side; a row is not sent while the one before it has failed. */
    private boolean deliver(List<OutboxRow> rows) {
        Map<UUID, Deque<OutboxRow>> waiting = new LinkedHashMap<>();
        rows.forEach(row ->
                waiting.computeIfAbsent(row.studyKey, key -> new ArrayDeque<>()).add(row));
        long lastStart = System.nanoTime()
                + settings.claim()
                        .minus(settings.deliveryTimeout().multipliedBy(2))
                        .toNanos();
        boolean well = true;
        while (!waiting.isEmpty() && well && System.nanoTime() < lastStart && !closed) {
            List<OutboxRow> round = waiting.values().stream().map(Deque::poll).toList();
            Instant at = Instant.now();
            List<Delivery> deliveries = sender.send(round);
            well = settle(deliveries, at);
            deliveries.forEach(delivery -> {
                UUID study = delivery.row().studyKey;
                if (waiting.get(study).isEmpty()) {
                    waiting.remove(study);
                }
            });
        }
        claims.release(waiting.values().stream()
                .flatMap(Deque::stream)
                .map(row -> row.eventId)
                .toList());
        return well;
    }

    private boolean settle(List<Delivery> deliveries, Instant at) {
        List<UUID> sent = new ArrayList<>();
        List<UUID> failed = new ArrayList<>();
        List<UUID> untried = new ArrayList<>();
        Throwable fault = null;
        for (Delivery delivery : deliveries) {
            OutboxRow row = delivery.row();
            if (delivery instanceof Delivery.Acknowledged) {
                sent.add(row.eventId);
                figures.sent(row.topic, row.sends > 0);
            } else if (delivery instanceof Delivery.Failed failure) {
                failed.add(row.eventId);
                fault = failure.cause();
                figures.failed(row.topic);
            } else if (delivery instanceof Delivery.Refused refusal) {
                refuse(row, refusal.cause());
            } else {
                untried.add(row.eventId);
            }
        }
        claims.sent(sent, at, settings.firstResend(), settings.lastResend());
        claims.failed(failed);
        claims.release(untried);
        tell(fault, !sent.isEmpty());
        return fault == null;
    }

    private void refuse(OutboxRow row, Throwable cause) {
        String reason = cause.getClass().getSimpleName();
        claims.refused(row.eventId, reason);
        figures.refused(row.topic);
        OperatorMessage.RECORD_PARKED.log(
                LOG,
                "eventId",
                row.eventId,
                "studyKey",
                row.studyKey,
                "topic",
                row.topic,
                "bytes",
                row.payload.length,
                "reason",
                reason);
    }

    private void tell(Throwable fault, boolean someSent) {
        if (fault != null && !brokerAway) {
            brokerAway = true;
            OperatorMessage.RELAY_WAITS.log(LOG, "reason", OperatorMessage.reason(fault));
        } else if (fault == null && someSent && brokerAway) {
            brokerAway = false;
            claims.hurry();
            OperatorMessage.RELAY_GOES_ON.log(LOG);
        }
    }

    private void rest(Duration time, boolean untilRung) {
        lock.lock();
        try {
            long nanos = time.toNanos();
            while (!closed && nanos > 0 && !(untilRung && rung)) {
                nanos = changed.awaitNanos(nanos);
            }
            rung = false;
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
