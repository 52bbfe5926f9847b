package io.prelim.report.fhircast;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** One subscription, and what is on its way to it: a message at a time. Its topic's lock guards it. Times are {@code nanoTime}. */
final class Subscriber {
    private final String name;
    private final Limits limits;

    /** Told when a message has left, or could not. */
    private final BiConsumer<Line, Boolean> done;

    private final Deque<Outgoing> queue = new ArrayDeque<>();
    private final Map<String, Awaited> awaited = new LinkedHashMap<>();
    private Set<String> events;
    private long leaseSeconds;
    private long leaseEnd;
    private boolean confirmed;
    private long connectBy;
    private Line line;
    private Outgoing inFlight;
    private long inFlightSince;
    private long queuedBytes;
    private long heartbeatAt;
    private int unanswered;

    /** @param name its own for itself; null for none */
    Subscriber(String name, Limits limits, Function<Subscriber, BiConsumer<Line, Boolean>> done) {
        this.name = name;
        this.limits = limits;
        this.done = done.apply(this);
    }

    void grant(Set<String> granted, long seconds, long now) {
        events = granted;
        leaseSeconds = seconds;
        leaseEnd = now + seconds * 1_000_000_000L;
        if (line == null) {
            connectBy = now + limits.connect().toNanos();
        }
    }

    /** The line it had is cut: who connects again has lost it. */
    void connect(Line to, long now) {
        if (line != null) {
            line.cut();
        }
        reset();
        line = to;
        if (!confirmed) {
            // the lease is counted from here (FHIRcast 2.4)
            leaseEnd = now + leaseSeconds * 1_000_000_000L;
            confirmed = true;
        }
        heartbeatAt = now + limits.heartbeat().toNanos();
    }

    void disconnect(long now) {
        reset();
        line = null;
        connectBy = now + limits.connect().toNanos();
    }

    private void reset() {
        queue.clear();
        queuedBytes = 0;
        awaited.clear();
        inFlight = null;
        unanswered = 0;
    }

    /** False when more waits for it than is borne. */
    boolean offer(Outgoing message, long now) {
        if (line == null) {
            return true;
        }
        if (queue.size() >= limits.queue()
                || awaited.size() >= limits.queue()
                || queuedBytes + message.text.length() > limits.queueBytes()) {
            return false;
        }
        queue.add(message);
        queuedBytes += message.text.length();
        pump(now);
        return true;
    }

    private void pump(long now) {
        if (line == null || inFlight != null || queue.isEmpty()) {
            return;
        }
        inFlight = queue.poll();
        queuedBytes -= inFlight.text.length();
        inFlightSince = now;
        if (inFlight.eventId != null) {
            awaited.put(
                    inFlight.eventId,
                    new Awaited(
                            inFlight.eventId,
                            inFlight.eventName,
                            now + limits.acknowledge().toNanos()));
        }
        Line to = line;
        to.send(inFlight.text, sent -> done.accept(to, sent));
    }

    void sent(Line over, boolean ok, long now) {
        if (over != line || inFlight == null) {
            return;
        }
        Outgoing was = inFlight;
        inFlight = null;
        if (was.last) {
            line.end();
            line = null;
        } else if (ok) {
            pump(now);
        }
    }

    /** What it answered; null for what it was not asked. */
    Awaited answered(String eventId) {
        Awaited was = awaited.remove(eventId);
        if (was != null) {
            unanswered = 0;
        }
        return was;
    }

    /** Events it did not answer in time. */
    List<Awaited> overdue(long now) {
        List<Awaited> overdue = new ArrayList<>();
        awaited.values().removeIf(each -> {
            if (each.until - now > 0) {
                return false;
            }
            overdue.add(each);
            return true;
        });
        unanswered += overdue.size();
        return overdue;
    }

    /** Whether it is time for a sign of life. */
    boolean beats(long now) {
        if (line == null || heartbeatAt - now > 0) {
            return false;
        }
        heartbeatAt = now + limits.heartbeat().toNanos();
        line.ping();
        return true;
    }

    /** Says why, then closes. Nothing else is sent. */
    void deny(String text, long now) {
        queue.clear();
        queuedBytes = 0;
        offer(new Outgoing(text, null, null, true), now);
    }

    void cut() {
        if (line != null) {
            line.cut();
            line = null;
        }
    }

    boolean isDead() {
        return unanswered >= limits.unanswered();
    }

    boolean isStuck(long now) {
        return inFlight != null && now - inFlightSince > limits.send().toNanos();
    }

    boolean isOver(long now) {
        return leaseEnd - now <= 0;
    }

    boolean isAbsent(long now) {
        return line == null && connectBy - now <= 0;
    }

    boolean isConnected() {
        return line != null;
    }

    boolean isOn(Line which) {
        return line == which;
    }

    boolean wants(String event) {
        return events.contains(event);
    }

    Set<String> events() {
        return events;
    }

    String name() {
        return name;
    }

    long secondsLeft(long now) {
        return Math.max(1, (leaseEnd - now + 999_999_999L) / 1_000_000_000L);
    }

    /** @param eventId of what must be answered; null for what need not be */
    record Outgoing(String text, String eventId, String eventName, boolean last) {}

    /** An event without an answer. */
    record Awaited(String eventId, String eventName, long until) {}
}
