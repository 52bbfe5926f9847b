package io.prelim.report.subscribe;

import io.prelim.report.store.EventLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Moves stream clients along the event log. The newest entries are held once for all clients; a client that is further behind reads
 * pages from the log. One thread calls {@link #run}; clients' requests only raise their demand and wake that thread, so that a slow
 * client holds nobody up and costs one page at most.
 */
final class Feed {
    private static final int PAGE = 256;
    /** Of what a client does not see, at a time: the others wait meanwhile. */
    private static final int MOST_PASSED = 16 * PAGE;

    private final LogReader log;
    private final Limits limits;
    private final LongSupplier nanos;
    private final Consumer<StreamClient> onCut;
    private final Set<StreamClient> clients = ConcurrentHashMap.newKeySet();
    private final ArrayDeque<EventLog.Entry> window = new ArrayDeque<>();
    private EventLog.Range range;
    private long last = -1;

    /** @param nanos a monotonic clock, {@link System#nanoTime()} but in tests */
    Feed(LogReader log, Limits limits, LongSupplier nanos, Consumer<StreamClient> onCut) {
        this.log = log;
        this.limits = limits;
        this.nanos = nanos;
        this.onCut = onCut;
    }

    /** @return false when there are too many already */
    boolean join(StreamClient client, Flow.Subscriber<? super StreamItem> subscriber) {
        if (clients.size() >= limits.clients) {
            return false;
        }
        client.open(subscriber, nanos.getAsLong());
        clients.add(client);
        subscriber.onSubscribe(client);
        return true;
    }

    int clients() {
        return clients.size();
    }

    /**
     * Reads what is new, and gives every client what it has asked for.
     *
     * @throws RuntimeException if the log cannot be read; clients got their heartbeats nevertheless
     */
    void run() {
        RuntimeException fault = null;
        try {
            read();
        } catch (RuntimeException e) {
            fault = e;
        }
        long now = nanos.getAsLong();
        for (StreamClient client : clients) {
            try {
                if (!serve(client, now, fault == null)) {
                    clients.remove(client);
                }
            } catch (RuntimeException e) {
                fault = e;
            }
        }
        if (fault != null) {
            throw fault;
        }
    }

    /** Ends every stream; clients resume elsewhere. */
    void close() {
        clients.forEach(StreamClient::end);
        clients.clear();
    }

    private void read() {
        range = log.range();
        if (last < 0) {
            last = range.last();
        }
        List<EventLog.Entry> entries;
        do {
            entries = log.after(last, PAGE);
            for (EventLog.Entry entry : entries) {
                window.addLast(entry);
                last = entry.position();
                if (window.size() > limits.window) {
                    window.removeFirst();
                }
            }
        } while (entries.size() == PAGE);
    }

    /** Whether the client stays. */
    private boolean serve(StreamClient client, long now, boolean readable) {
        if (client.cancelled()) {
            return false;
        }
        if (!client.placed() && readable) {
            place(client);
        }
        while (client.placed() && client.hasDemand()) {
            StreamItem item = next(client, now, readable);
            if (item == null) {
                break;
            }
            client.deliver(item, now);
        }
        if (client.stalled(now, limits.stall.toNanos())) {
            client.end();
            onCut.accept(client);
            return false;
        }
        return true;
    }

    private void place(StreamClient client) {
        Long asked = client.asked();
        if (asked == null) {
            client.place(new StreamItem.Opened(last));
        } else if (asked > last || asked < range.first() - 1) {
            client.place(new StreamItem.Reset(last));
        } else {
            client.place(new StreamItem.Opened(asked));
        }
    }

    /** Null when there is nothing for the client now. */
    private StreamItem next(StreamClient client, long now, boolean readable) {
        StreamItem greeting = client.takeGreeting();
        if (greeting != null) {
            return greeting;
        }
        for (int passed = 0; client.position() < last; passed++) {
            EventLog.Entry entry = passed < MOST_PASSED ? entry(client, readable) : null;
            if (entry == null) {
                if (passed == MOST_PASSED) {
                    client.again();
                }
                break;
            }
            if (entry.position() != client.position() + 1) {
                return new StreamItem.Reset(last);
            }
            if (client.sees(entry.site())) {
                return new StreamItem.Change(entry.position(), entry.event());
            }
            client.pass(entry.position());
        }
        return now - client.deliveredAt() >= limits.heartbeat.toNanos()
                ? new StreamItem.Heartbeat(client.position())
                : null;
    }

    /** The entry after the client's position, or a later one where the log was trimmed. */
    private EventLog.Entry entry(StreamClient client, boolean readable) {
        long wanted = client.position() + 1;
        EventLog.Entry first = window.peekFirst();
        if (first != null && wanted >= first.position()) {
            client.page().clear();
            return inWindow(wanted);
        }
        Queue<EventLog.Entry> page = client.page();
        if (page.isEmpty() && readable) {
            page.addAll(log.after(client.position(), PAGE));
        }
        return page.poll();
    }

    private EventLog.Entry inWindow(long wanted) {
        // from the end: nearly every client is near it
        var newestFirst = window.descendingIterator();
        while (newestFirst.hasNext()) {
            EventLog.Entry entry = newestFirst.next();
            if (entry.position() == wanted) {
                return entry;
            }
        }
        return null;
    }

    /** @param window entries held for all clients together */
    record Limits(int window, int clients, Duration heartbeat, Duration stall) {}
}
