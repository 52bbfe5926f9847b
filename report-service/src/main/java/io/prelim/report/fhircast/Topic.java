package io.prelim.report.fhircast;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.access.Caller;
import io.prelim.report.fhircast.Subscriber.Awaited;
import io.prelim.report.fhircast.Subscriber.Outgoing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** One session: what is open in it, and who follows it. Its monitor orders everything that happens in it; nothing in it waits. */
final class Topic {
    private static final int REMEMBERED = 256;

    private final String name;
    private final Caller maker;
    private final Limits limits;
    private final LongSupplier nanos;
    private final HubFigures figures;
    private final AtomicLong memory;

    /** The last one is the current. */
    private final Map<String, OpenContext> contexts = new LinkedHashMap<>();

    private final Set<Subscriber> subscribers = new LinkedHashSet<>();

    /** Denied, until they have been told. */
    private final Set<Subscriber> leaving = new LinkedHashSet<>();

    private long emptySince;

    /** Digests of events by id: who got no answer sends an event again (IHE RAD-148). */
    private final Map<String, String> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param maker  who made it: reports of their sites alone are shared in it, and who joins may see all of those
     * @param memory bytes that all topics' contexts hold
     */
    Topic(String name, Caller maker, Limits limits, LongSupplier nanos, HubFigures figures, AtomicLong memory) {
        this.name = name;
        this.maker = maker;
        this.limits = limits;
        this.nanos = nanos;
        this.figures = figures;
        this.memory = memory;
        this.emptySince = nanos.getAsLong();
    }

    String name() {
        return name;
    }

    Caller maker() {
        return maker;
    }

    boolean admits(Caller caller) {
        return caller.sites().cover(maker.sites());
    }

    /** @throws Refused 503 when there are too many */
    synchronized Subscriber subscribe(String subscriberName, Set<String> events, long leaseSeconds) {
        if (subscribers.size() >= Limits.SUBSCRIBERS_OF_TOPIC) {
            throw new Refused(503, "the topic has " + Limits.SUBSCRIBERS_OF_TOPIC + " subscribers, and takes no more");
        }
        Subscriber subscriber =
                new Subscriber(subscriberName, limits, self -> (line, ok) -> sent(self, line, Boolean.TRUE.equals(ok)));
        subscriber.grant(events, leaseSeconds, nanos.getAsLong());
        subscribers.add(subscriber);
        return subscriber;
    }

    /** A new grant to who is subscribed; told over its line what was not before. */
    synchronized void renew(Subscriber subscriber, Set<String> events, long leaseSeconds) {
        Set<String> before = subscriber.events();
        long now = nanos.getAsLong();
        subscriber.grant(events, leaseSeconds, now);
        offer(subscriber, confirmation(subscriber, now), now);
        greet(subscriber, before, now);
    }

    synchronized void unsubscribe(Subscriber subscriber) {
        deny(subscriber, "unsubscribed");
    }

    /** False when the subscription is over. */
    synchronized boolean connect(Subscriber subscriber, Line line) {
        if (!subscribers.contains(subscriber)) {
            return false;
        }
        long now = nanos.getAsLong();
        subscriber.connect(line, now);
        offer(subscriber, confirmation(subscriber, now), now);
        greet(subscriber, Set.of(), now);
        return true;
    }

    /** @param orderly the peer closed it with 1000 or 1001 */
    synchronized void disconnected(Subscriber subscriber, Line line, boolean orderly) {
        if (!subscriber.isOn(line)) {
            return;
        }
        subscriber.disconnect(nanos.getAsLong());
        if (!orderly && subscribers.contains(subscriber)) {
            syncError(subscriber, null, null, "lost its connection");
        }
    }

    /** @param status what the subscriber answered to an event */
    synchronized void answered(Subscriber subscriber, String eventId, int status) {
        Awaited event = subscriber.answered(eventId);
        if (event == null) {
            return;
        }
        boolean success = status >= 200 && status < 300;
        figures.answered(success);
        if (!success) {
            syncError(
                    subscriber,
                    event.eventId(),
                    event.eventName(),
                    status >= 500 ? "could not process the event" : "refused the event");
        }
    }

    /**
     * Takes an event, and gives it to those who want it.
     *
     * @return false for one that was taken before
     * @throws Refused as {@link #take}, and 400 for another event with the id of one that was taken
     */
    synchronized boolean accept(CastEvent event) {
        String digest = seen.get(event.id());
        if (digest != null) {
            if (digest.equals(event.digest())) {
                return false;
            }
            throw Refused.bad("id was used for another event in this topic");
        }
        take(event);
        seen.put(event.id(), event.digest());
        return true;
    }

    /** @throws Refused 400 for an update of what is not open or has moved on, 409, 413 or 503 when there is no place for it */
    synchronized void take(CastEvent event) {
        String versionId = null;
        String prior = null;
        if (event.is(Catalogue.OPEN)) {
            versionId = open(event);
        } else if (event.is(Catalogue.CLOSE)) {
            OpenContext closed = contexts.remove(event.anchor());
            memory.addAndGet(closed == null ? 0 : -closed.bytes());
        } else if (event.is(Catalogue.UPDATE)) {
            OpenContext context = contexts.get(event.anchor());
            if (context == null) {
                throw Refused.bad("the report is not open in this topic");
            }
            if (!context.versionId().equals(event.versionId())) {
                throw Refused.bad("context.versionId must be the newest of the report: get the current context");
            }
            OpenContext next = context.with(ContentUpdate.applied(context, event));
            hold(context, next);
            // keeps its place: an update does not make a context the current one
            contexts.put(event.anchor(), next);
            versionId = next.versionId();
            prior = context.versionId();
        } else if (event.is(Catalogue.SELECT)) {
            OpenContext current = current();
            if (current == null || !current.open().anchor().equals(event.anchor())) {
                throw Refused.bad("the report is not the current context of this topic");
            }
            versionId = current.versionId();
        }
        distribute(event.distributed(versionId, prior), event.id(), event.name(), null);
    }

    /** Shares what Prelim says, if the context is still open. @throws Refused as {@link #take} */
    synchronized void share(String anchor, SessionEvents.Change change) {
        OpenContext context = contexts.get(anchor);
        if (context != null && !change.isNone()) {
            take(SessionEvents.update(name, context, change));
        }
    }

    /** Closes what was opened first, where as much is open as may be. */
    synchronized void makePlace() {
        if (contexts.size() >= Limits.CONTEXTS) {
            take(SessionEvents.closing(name, contexts.values().iterator().next().open()));
        }
    }

    private String open(CastEvent event) {
        OpenContext known = contexts.get(event.anchor());
        if (known == null && contexts.size() >= Limits.CONTEXTS) {
            throw new Refused(409, Limits.CONTEXTS + " contexts are open in this topic: close one first");
        }
        OpenContext next = known == null ? OpenContext.of(event) : known.reopened(event);
        hold(known, next);
        contexts.remove(event.anchor());
        contexts.put(event.anchor(), next);
        return next.versionId();
    }

    private void hold(OpenContext before, OpenContext after) {
        if (after.bytes() > limits.contentBytes()) {
            throw new Refused(413, "a context holds at most " + limits.contentBytes() + " bytes");
        }
        long more = after.bytes() - (before == null ? 0 : before.bytes());
        if (memory.addAndGet(more) > limits.memoryBytes() && more > 0) {
            memory.addAndGet(-more);
            throw new Refused(503, "the hub holds as much as it may; try again later");
        }
    }

    /** As the answer to whoever asks for the current context (FHIRcast 2.9). */
    synchronized JsonNode currentContext() {
        OpenContext current = current();
        return current == null ? Messages.nothing() : current.current();
    }

    private OpenContext current() {
        OpenContext last = null;
        for (OpenContext each : contexts.values()) {
            last = each;
        }
        return last;
    }

    /** Null when it is not open. */
    synchronized OpenContext context(String anchor) {
        return contexts.get(anchor);
    }

    /** Those of a type, the current one last. */
    synchronized List<OpenContext> open(String type) {
        return contexts.values().stream()
                .filter(each -> each.open().anchorType().equals(type))
                .toList();
    }

    synchronized int subscribers() {
        return subscribers.size();
    }

    synchronized boolean has(Subscriber subscriber) {
        return subscribers.contains(subscriber);
    }

    /** What the clock asks for. */
    synchronized void tick() {
        long now = nanos.getAsLong();
        leaving.removeIf(each -> {
            if (each.isStuck(now)) {
                each.cut();
                figures.cut();
            }
            return !each.isConnected();
        });
        for (Subscriber each : List.copyOf(subscribers)) {
            if (each.isAbsent(now)) {
                remove(each);
            } else if (each.isOver(now)) {
                deny(each, "the lease has ended");
            } else if (each.isStuck(now)) {
                cut(each, "takes no messages");
            } else {
                for (Awaited overdue : each.overdue(now)) {
                    figures.unanswered();
                    syncError(each, overdue.eventId(), overdue.eventName(), "did not answer the event in time");
                }
                if (each.isDead()) {
                    deny(each, "events were not answered");
                } else if (each.beats(now) && each.wants(Catalogue.HEARTBEAT)) {
                    offer(each, plain(Messages.heartbeat(name, limits.heartbeat())), now);
                }
            }
        }
    }

    /** Whether nobody has followed it for so long that it may go. */
    synchronized boolean isIdle() {
        return subscribers.isEmpty()
                && nanos.getAsLong() - emptySince > limits.idle().toNanos();
    }

    /** Ends every subscription, and forgets what is open. */
    synchronized void close(String reason) {
        List.copyOf(subscribers).forEach(each -> deny(each, reason));
        contexts.values().forEach(each -> memory.addAndGet(-each.bytes()));
        contexts.clear();
    }

    private synchronized void sent(Subscriber subscriber, Line line, boolean ok) {
        if (subscriber.isOn(line)) {
            subscriber.sent(line, ok, nanos.getAsLong());
        }
    }

    private Outgoing confirmation(Subscriber subscriber, long now) {
        return plain(Messages.confirmed(name, subscriber.events(), subscriber.secondsLeft(now)));
    }

    /** The newest open context of each type, as far as the subscriber wants it and was not told before. */
    private void greet(Subscriber subscriber, Set<String> before, long now) {
        Map<String, OpenContext> newest = new LinkedHashMap<>();
        contexts.values().forEach(each -> {
            newest.remove(each.open().anchorType());
            newest.put(each.open().anchorType(), each);
        });
        for (OpenContext each : newest.values()) {
            CastEvent open = each.open();
            if (subscriber.wants(open.name()) && !before.contains(open.name())) {
                String text = open.distributed(each.versionId(), null);
                offer(subscriber, new Outgoing(text, open.id(), open.name(), false), now);
            }
        }
    }

    private void syncError(Subscriber about, String eventId, String eventName, String problem) {
        String text = Messages.syncError(name, eventId, eventName, about.name(), problem);
        distribute(text, null, Catalogue.SYNC_ERROR, about);
    }

    private void distribute(String text, String id, String event, Subscriber but) {
        String awaited = event.equals(Catalogue.SYNC_ERROR) ? null : id;
        long now = nanos.getAsLong();
        for (Subscriber each : new ArrayList<>(subscribers)) {
            if (each != but && each.wants(event)) {
                if (each.isConnected()) {
                    figures.distributed(event);
                }
                offer(each, new Outgoing(text, awaited, event, false), now);
            }
        }
    }

    private void offer(Subscriber subscriber, Outgoing message, long now) {
        if (!subscriber.offer(message, now)) {
            cut(subscriber, "takes no messages");
        }
    }

    private void cut(Subscriber subscriber, String problem) {
        remove(subscriber);
        subscriber.cut();
        figures.cut();
        syncError(subscriber, null, null, problem);
    }

    private void deny(Subscriber subscriber, String reason) {
        remove(subscriber);
        leaving.add(subscriber);
        subscriber.deny(Messages.denied(name, subscriber.events(), reason), nanos.getAsLong());
    }

    private void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
        if (subscribers.isEmpty()) {
            emptySince = nanos.getAsLong();
        }
    }

    private static Outgoing plain(String text) {
        return new Outgoing(text, null, null, false);
    }
}
