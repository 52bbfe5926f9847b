package io.prelim.ingest.index;

import io.prelim.ingest.notice.OperatorMessage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.SQLException;
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
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One of the threads that write: what waits goes in one transaction, and is answered when that is committed. */
final class IndexWriter {
    private static final Logger LOG = Logger.getLogger(IndexWriter.class);
    /** Of the quarantine row: what a DIMSE sender is answered. */
    private static final int OTHER_PIXELS_STATUS = 0xC002;

    private static final Comparator<Entry> BY_UID =
            Comparator.comparing(entry -> entry.instance().instance().sopInstanceUid());

    private record Entry(NewInstance instance, CompletableFuture<IndexOutcome> answer) {}

    private final AddInstances adding;
    private final Arrivals arrivals;
    private final IndexStatements statements;
    private final String issuer;
    private final int groupSize;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    private IndexWriter(
            int number,
            AddInstances adding,
            Arrivals arrivals,
            IndexStatements statements,
            String issuer,
            int groupSize) {
        this.adding = adding;
        this.arrivals = arrivals;
        this.statements = statements;
        this.issuer = issuer;
        this.groupSize = groupSize;
        this.thread = new Thread(this::run, "index-writer-" + number);
        this.thread.setDaemon(true);
    }

    static IndexWriter start(
            int number,
            AddInstances adding,
            Arrivals arrivals,
            IndexStatements statements,
            String issuer,
            int groupSize) {
        IndexWriter writer = new IndexWriter(number, adding, arrivals, statements, issuer, groupSize);
        writer.thread.start();
        return writer;
    }

    CompletableFuture<IndexOutcome> add(NewInstance instance) {
        Entry entry = new Entry(instance, new CompletableFuture<>());
        queue.add(entry);
        if (closed && queue.remove(entry)) {
            entry.answer().completeExceptionally(new IllegalStateException("the index is closed"));
        }
        return entry.answer();
    }

    /** Takes no more, and ends with what waits. */
    void close() {
        closed = true;
    }

    void awaitEnd() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(10));
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
            AddInstances.Added result =
                    adding.add(group.stream().map(Entry::instance).toList());
            arrivals.arrived(result.arrivals());
            Set<UUID> added = result.headerParts();
            List<Entry> again = new ArrayList<>();
            for (Entry entry : group) {
                if (added.contains(entry.instance().instance().headerPart())) {
                    entry.answer().complete(new IndexOutcome.Added());
                } else {
                    again.add(entry);
                }
            }
            if (!again.isEmpty()) {
                writeAgain(again);
            }
        } catch (SQLException | RuntimeException e) {
            refused(group, e, this::write);
        }
    }

    /** Those whose SOP Instance UID is there already, or came twice in a group. */
    private void writeAgain(List<Entry> again) {
        try {
            Map<Entry, IndexOutcome> outcomes =
                    QuarkusTransaction.requiringNew().call(() -> repeats(again));
            outcomes.forEach((entry, outcome) -> entry.answer().complete(outcome));
            // a prior that was purged meanwhile: to be added after all
            again.stream().filter(entry -> !outcomes.containsKey(entry)).forEach(entry -> write(List.of(entry)));
        } catch (RuntimeException e) {
            refused(again, e, this::writeAgain);
        }
    }

    /** What the database refuses of one must not take the others with it. */
    private static void refused(List<Entry> group, Exception why, Consumer<List<Entry>> retry) {
        if (group.size() > 1 && IndexRefusal.ofTheData(why)) {
            group.forEach(entry -> retry.accept(List.of(entry)));
            return;
        }
        OperatorMessage.INDEX_FAILED.log(LOG, "instances", group.size(), "reason", OperatorMessage.reason(why));
        group.forEach(entry -> entry.answer().completeExceptionally(why));
    }

    private Map<Entry, IndexOutcome> repeats(List<Entry> again) {
        Map<Entry, IndexOutcome> outcomes = new LinkedHashMap<>();
        List<NewInstance> kept = new ArrayList<>();
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
            if (there == null) {
                continue;
            }
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
        statements.addParts(kept);
        statements.mend(again.stream()
                .filter(entry -> outcomes.get(entry) instanceof IndexOutcome.Duplicate)
                .map(Entry::instance)
                .toList());
        List<NewInstance> same = again.stream()
                .filter(entry ->
                        outcomes.containsKey(entry) && !(outcomes.get(entry) instanceof IndexOutcome.OtherPixels))
                .map(Entry::instance)
                .toList();
        statements.lift(
                issuer,
                same.stream()
                        .map(instance -> instance.instance().sopInstanceUid())
                        .distinct()
                        .toList());
        statements.cameOnTheirOwn(same);
        return outcomes;
    }
}
