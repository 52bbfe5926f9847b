package io.prelim.report.subscribe;

import io.prelim.access.Sites;
import io.prelim.report.store.EventLog;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** One client: a cursor, and how much it has asked for. The feed's thread alone delivers. */
final class StreamClient implements Flow.Subscription {
    private final Long asked;
    private final Sites sites;
    private final Runnable wake;
    private final Runnable disconnect;
    private final AtomicLong demand = new AtomicLong();
    private final Queue<EventLog.Entry> page = new ArrayDeque<>();
    private Flow.Subscriber<? super StreamItem> subscriber;
    private volatile boolean cancelled;
    private boolean placed;
    private StreamItem greeting;
    private long position;
    private long deliveredAt;

    /**
     * @param asked      what the client resumes from; null for what happens from now on
     * @param sites      whose changes it gets
     * @param wake       wakes the feed
     * @param disconnect closes the client's connection when it is cut
     */
    StreamClient(Long asked, Sites sites, Runnable wake, Runnable disconnect) {
        this.asked = asked;
        this.sites = sites;
        this.wake = wake;
        this.disconnect = disconnect;
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            cancel();
            return;
        }
        demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        wake.run();
    }

    @Override
    public void cancel() {
        cancelled = true;
        wake.run();
    }

    void open(Flow.Subscriber<? super StreamItem> to, long now) {
        subscriber = to;
        deliveredAt = now;
    }

    void place(StreamItem first) {
        placed = true;
        greeting = first;
        position = first.position();
    }

    void deliver(StreamItem item, long now) {
        demand.decrementAndGet();
        position = item.position();
        deliveredAt = now;
        subscriber.onNext(item);
    }

    boolean sees(String site) {
        return sites.include(site);
    }

    /** Goes past what it does not see; a heartbeat tells it how far. */
    void pass(long to) {
        position = to;
    }

    /** To be served again soon. */
    void again() {
        wake.run();
    }

    /** Ends the stream; the client may resume from its position. */
    void end() {
        cancelled = true;
        subscriber.onComplete();
    }

    void disconnect() {
        disconnect.run();
    }

    StreamItem takeGreeting() {
        StreamItem first = greeting;
        greeting = null;
        return first;
    }

    /** Whether it has taken nothing for so long, though something was written to it. */
    boolean stalled(long now, long limit) {
        return demand.get() <= 0 && now - deliveredAt > limit;
    }

    boolean hasDemand() {
        return !cancelled && demand.get() > 0;
    }

    boolean cancelled() {
        return cancelled;
    }

    boolean placed() {
        return placed;
    }

    Long asked() {
        return asked;
    }

    long position() {
        return position;
    }

    long deliveredAt() {
        return deliveredAt;
    }

    Queue<EventLog.Entry> page() {
        return page;
    }
}
