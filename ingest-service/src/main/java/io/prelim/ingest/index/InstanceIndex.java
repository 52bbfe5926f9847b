package io.prelim.ingest.index;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.ledger.Stage;
import io.prelim.ingest.notice.OperatorMessage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Writes synced instances into the index: what waits goes in one transaction, and is answered when that is committed. */
@ApplicationScoped
public class InstanceIndex {
    private static final Logger LOG = Logger.getLogger(InstanceIndex.class);
    /** Of the quarantine row: what a DIMSE sender is answered. */
    private static final int OTHER_PIXELS_STATUS = 0xC002;

    private static final Comparator<Entry> BY_UID =
            Comparator.comparing(entry -> entry.instance().instance().sopInstanceUid());

    private record Entry(NewInstance instance, CompletableFuture<IndexOutcome> answer) {}

    private final IndexStatements statements;
    private final Ledger ledger;
    private final String issuer;
    private final int groupSize;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private Thread writer;

    InstanceIndex(IndexStatements statements, Ledger ledger, IngestConfig config) {
        this.statements = statements;
        this.ledger = ledger;
        this.issuer = config.issuer();
        this.groupSize = config.receive().indexGroup();
    }

    /**
     * Puts an instance into the index. Each association waits for its answer, so no more wait than there are associations.
     *
     * @return the outcome once it is committed, or what the database said
     */
    public CompletableFuture<IndexOutcome> add(NewInstance instance) {
        Entry entry = new Entry(instance, new CompletableFuture<>());
        start();
        queue.add(entry);
        if (closed && queue.remove(entry)) {
            entry.answer().completeExceptionally(new IllegalStateException("the index is closed"));
        }
        return entry.answer();
    }

    private synchronized void start() {
        if (writer == null && !closed) {
            writer = new Thread(this::run, "index-writer");
            writer.setDaemon(true);
            writer.start();
        }
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        if (writer != null) {
            try {
                writer.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        List<Entry> group = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            group.clear();
            try {
                Entry first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                group.add(first);
            } catch (InterruptedException e) {
                continue; // ends by closed alone
            }
            queue.drainTo(group, groupSize - 1);
            group.sort(BY_UID);
            write(group);
        }
    }

    private void write(List<Entry> group) {
        try {
            apply(group);
        } catch (RuntimeException e) {
            if (group.size() > 1 && ofTheData(e)) {
                group.forEach(entry -> write(List.of(entry)));
                return;
            }
            OperatorMessage.INDEX_FAILED.log(LOG, "instances", group.size(), "reason", OperatorMessage.reason(e));
            group.forEach(entry -> entry.answer().completeExceptionally(e));
        }
    }

    private void apply(List<Entry> group) {
        Map<Entry, IndexOutcome> outcomes = QuarkusTransaction.requiringNew().call(() -> decide(group));
        outcomes.forEach((entry, outcome) -> entry.answer().complete(outcome));
    }

    private Map<Entry, IndexOutcome> decide(List<Entry> group) {
        List<NewInstance> all = group.stream().map(Entry::instance).toList();
        statements
                .addStudies(all)
                .forEach(studyKey -> ledger.record(studyKey, 0, Stage.RECEIVING, "first instance", "receive"));
        Set<UUID> added = statements.addInstances(all);
        List<NewInstance> fresh = all.stream()
                .filter(instance -> added.contains(instance.instance().headerPart()))
                .toList();
        List<NewInstance> kept = new ArrayList<>(fresh);
        statements.addFirstVersions(fresh);

        Map<Entry, IndexOutcome> outcomes = new LinkedHashMap<>();
        List<Entry> again = new ArrayList<>();
        for (Entry entry : group) {
            if (added.contains(entry.instance().instance().headerPart())) {
                outcomes.put(entry, new IndexOutcome.Added());
            } else {
                again.add(entry);
            }
        }
        if (!again.isEmpty()) {
            repeats(again, outcomes, kept);
        }
        statements.addParts(kept);
        statements.arrived(fresh);
        return outcomes;
    }

    private void repeats(List<Entry> again, Map<Entry, IndexOutcome> outcomes, List<NewInstance> kept) {
        Map<String, KnownInstance> known = statements.known(
                issuer,
                again.stream()
                        .map(entry -> entry.instance().instance().sopInstanceUid())
                        .distinct()
                        .toList());
        for (Entry entry : again) {
            NewInstance instance = entry.instance();
            String uid = instance.instance().sopInstanceUid();
            KnownInstance there = known.get(uid);
            IndexOutcome outcome = there.compare(instance.instance());
            if (outcome instanceof IndexOutcome.HeaderVersion version) {
                statements.addVersion(instance, version);
                known.put(uid, there.with(instance.instance().headerDigest()));
                kept.add(instance);
            } else if (outcome instanceof IndexOutcome.OtherPixels
                    && statements.quarantine(instance, OTHER_PIXELS_STATUS)) {
                kept.add(instance);
            }
            outcomes.put(entry, outcome);
        }
    }

    /** Whether the database refused values rather than being away: SQL state classes 22, 23 and 54. */
    private static boolean ofTheData(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.sql.SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().matches("(22|23|54).*");
            }
        }
        return false;
    }
}
