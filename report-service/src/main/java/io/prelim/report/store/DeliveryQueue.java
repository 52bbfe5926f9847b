package io.prelim.report.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What is to go to destinations. A destination is held by one sender at a time, by a claim that expires by itself, so that what goes to it
 * keeps its order and no lock is held across a send. Tables and columns are named after archives, the first destinations there were.
 */
@ApplicationScoped
public class DeliveryQueue {
    private final EntityManager database;
    private final EventLog log;

    DeliveryQueue(EntityManager database, EventLog log) {
        this.database = database;
        this.log = log;
    }

    /**
     * Makes a destination known. One that is new gets what is written from now on.
     *
     * @return whether it is of that type; a name stays of the type it was of first
     */
    @Transactional
    public boolean open(String destination, DestinationType type) {
        return openNew(destination, type)
                || database.createNativeQuery("select type from archives where name = :destination")
                        .setParameter("destination", destination)
                        .getSingleResult()
                        .equals(type.name());
    }

    /** As {@link #open}. @return whether it is new */
    boolean openNew(String destination, DestinationType type) {
        return database.createNativeQuery("insert into archives (name, type, position)"
                                + " select :destination, :type, last from event_position on conflict do nothing")
                        .setParameter("destination", destination)
                        .setParameter("type", type.name())
                        .executeUpdate()
                == 1;
    }

    /** Takes the destination for a sender, unless another has it or it is to be left alone for now. */
    @Transactional
    public boolean hold(String destination, UUID sender, Duration claim) {
        return database.createNativeQuery("update archives set held_by = :sender, held_until = " + in("seconds")
                                + " where name = :destination and held_until < clock_timestamp()"
                                + " and next_try <= clock_timestamp() and disabled_at is null")
                        .setParameter("destination", destination)
                        .setParameter("sender", sender)
                        .setParameter("seconds", seconds(claim))
                        .executeUpdate()
                == 1;
    }

    /** Gives it back. */
    @Transactional
    public void release(String destination, UUID sender) {
        database.createNativeQuery("update archives set held_until = '-infinity' where name = :destination"
                        + " and held_by = :sender")
                .setParameter("destination", destination)
                .setParameter("sender", sender)
                .executeUpdate();
    }

    /**
     * Queues what the next entries of the event log ask for, in their order.
     *
     * @param items what an entry asks for
     * @return what was read, and what had left the log before
     */
    @Transactional
    public Read read(String destination, int limit, Function<EventLog.Entry, List<Item>> items) {
        Object[] place = Rows.of(database.createNativeQuery("select position, disabled_at is not null from archives"
                                + " where name = :destination for update")
                        .setParameter("destination", destination))
                .get(0);
        long position = ((Number) place[0]).longValue();
        List<EventLog.Entry> entries = (Boolean) place[1] ? List.of() : log.after(position, limit);
        if (entries.isEmpty()) {
            return new Read(0, 0);
        }
        for (EventLog.Entry entry : entries) {
            items.apply(entry).forEach(item -> queue(destination, entry.position(), item));
        }
        database.createNativeQuery("update archives set position = :position where name = :destination")
                .setParameter("destination", destination)
                .setParameter("position", entries.get(entries.size() - 1).position())
                .executeUpdate();
        return new Read(entries.size(), entries.get(0).position() - position - 1);
    }

    private void queue(String destination, long position, Item item) {
        database.createNativeQuery("insert into archive_deliveries"
                        + " (archive, position, report_key, version, kind, finding_id, sop_instance_uid, body) values"
                        + " (:destination, :position, :report, :version, :kind, cast(:finding as uuid), :id,"
                        + " cast(:body as text))"
                        + " on conflict do nothing")
                .setParameter("destination", destination)
                .setParameter("position", position)
                .setParameter("report", item.reportKey())
                .setParameter("version", item.version())
                .setParameter("kind", item.kind())
                .setParameter(
                        "finding",
                        item.findingId() == null ? null : item.findingId().toString())
                .setParameter("id", item.messageId())
                .setParameter("body", item.body())
                .executeUpdate();
    }

    /** The one that is due longest, but none of a report of which an earlier one waits: what failed goes behind what others have waiting. */
    @Transactional
    public Optional<Delivery> next(String destination) {
        return DeliveryLedger.deliveries(
                        database.createNativeQuery("select" + DeliveryLedger.COLUMNS + "from archive_deliveries d"
                                        + " where archive = :destination and state = 'WAITING' and next_try <= clock_timestamp()"
                                        + " and not exists (select from archive_deliveries e where e.archive = d.archive"
                                        + " and e.state = 'WAITING' and e.report_key = d.report_key"
                                        + " and e.delivery_id < d.delivery_id) order by next_try, delivery_id limit 1")
                                .setParameter("destination", destination))
                .stream()
                .findFirst();
    }

    /**
     * Notes that an attempt begins, and holds the destination for as long again.
     *
     * @param digest of what is sent
     * @return the digest of the first attempt; empty when another sender has the destination by now
     */
    @Transactional
    public Optional<String> begin(Delivery delivery, String digest, UUID sender, Duration claim) {
        int held = database.createNativeQuery("update archives set held_until = " + in("seconds")
                        + " where name = :destination and held_by = :sender")
                .setParameter("destination", delivery.destination())
                .setParameter("sender", sender)
                .setParameter("seconds", seconds(claim))
                .executeUpdate();
        if (held == 0) {
            return Optional.empty();
        }
        return Rows.of(
                        database.createNativeQuery("update archive_deliveries set attempts = attempts + 1,"
                                        + " digest = coalesce(digest, :digest), changed_at = clock_timestamp()"
                                        + " where delivery_id = :id returning digest")
                                .setParameter("id", delivery.deliveryId())
                                .setParameter("digest", digest),
                        String.class)
                .stream()
                .findFirst();
    }

    /** It is there. @param note what the destination said with it; null for nothing */
    @Transactional
    public void sent(Delivery delivery, String note) {
        move(delivery, "SENT", note, Duration.ZERO);
    }

    /** The destination answers. @return whether it could not be reached before */
    @Transactional
    public boolean reached(String destination) {
        return database.createNativeQuery("update archives set failures = 0, next_try = '-infinity', problem = null"
                                + " where name = :destination and failures > 0")
                        .setParameter("destination", destination)
                        .executeUpdate()
                == 1;
    }

    /** It will not be taken. */
    @Transactional
    public void refused(Delivery delivery, String problem) {
        move(delivery, "REFUSED", problem, Duration.ZERO);
    }

    /** It may be taken later. */
    @Transactional
    public void postponed(Delivery delivery, String problem, Duration pause) {
        move(delivery, "WAITING", problem, pause);
    }

    /** It was not taken, and may be later. */
    @Transactional
    public void deferred(Delivery delivery, String problem, Duration pause) {
        postponed(delivery, problem, pause);
        database.createNativeQuery("update archive_deliveries set refusals = refusals + 1 where delivery_id = :id")
                .setParameter("id", delivery.deliveryId())
                .executeUpdate();
    }

    /**
     * Leaves out what was never sent, if a newer version of its report waits for the same destination. To builds of before it looks as if it
     * was sent.
     *
     * @return whether it was left out
     */
    @Transactional
    public boolean superseded(Delivery delivery) {
        return database.createNativeQuery("update archive_deliveries d set state = 'SENT', superseded_by = n.version,"
                                + " changed_at = clock_timestamp() from (select max(version) as version"
                                + " from archive_deliveries where archive = :destination and report_key = :report"
                                + " and state = 'WAITING' and version > :version) n"
                                + " where d.delivery_id = :id and d.attempts = 0 and n.version is not null")
                        .setParameter("destination", delivery.destination())
                        .setParameter("report", delivery.reportKey())
                        .setParameter("version", delivery.version())
                        .setParameter("id", delivery.deliveryId())
                        .executeUpdate()
                == 1;
    }

    private void move(Delivery delivery, String state, String problem, Duration pause) {
        database.createNativeQuery("update archive_deliveries set state = :state, problem = cast(:problem as text),"
                        + " next_try = " + in("seconds") + ", changed_at = clock_timestamp() where delivery_id = :id")
                .setParameter("id", delivery.deliveryId())
                .setParameter("state", state)
                .setParameter("problem", problem)
                .setParameter("seconds", seconds(pause))
                .executeUpdate();
    }

    /**
     * The destination takes nothing now.
     *
     * @param pause from how often that was so in turn, this time with it
     * @return how often
     */
    @Transactional
    public int unreachable(String destination, String problem, Function<Integer, Duration> pause) {
        Number failures = (Number) database.createNativeQuery(
                        "update archives set failures = failures + 1, problem = :problem where name = :destination"
                                + " returning failures")
                .setParameter("destination", destination)
                .setParameter("problem", problem)
                .getSingleResult();
        database.createNativeQuery("update archives set next_try = " + in("seconds") + " where name = :destination")
                .setParameter("destination", destination)
                .setParameter("seconds", seconds(pause.apply(failures.intValue())))
                .executeUpdate();
        return failures.intValue();
    }

    /** Nothing more goes to a destination that is no more. */
    void refuseWaiting(String destination, String problem) {
        database.createNativeQuery("update archive_deliveries set state = 'REFUSED', problem = :problem,"
                        + " changed_at = clock_timestamp() where archive = :destination and state = 'WAITING'")
                .setParameter("destination", destination)
                .setParameter("problem", problem)
                .executeUpdate();
    }

    /** It wants nothing any more, until {@link #retry}. What waits for it goes on waiting. */
    @Transactional
    public void disabled(String destination, String problem) {
        database.createNativeQuery("update archives set disabled_at = coalesce(disabled_at, clock_timestamp()),"
                        + " problem = :problem where name = :destination")
                .setParameter("destination", destination)
                .setParameter("problem", problem)
                .executeUpdate();
    }

    /** Lets what was refused wait again, and sends to it again if it was disabled. @return how many; empty for a destination there is not */
    @Transactional
    public Optional<Integer> retry(String destination) {
        int known = database.createNativeQuery("update archives set next_try = '-infinity', disabled_at = null,"
                        + " problem = case when disabled_at is null then problem end where name = :destination")
                .setParameter("destination", destination)
                .executeUpdate();
        if (known == 0) {
            return Optional.empty();
        }
        return Optional.of(database.createNativeQuery("update archive_deliveries set state = 'WAITING',"
                        + " next_try = '-infinity', refusals = 0, changed_at = clock_timestamp()"
                        + " where archive = :destination and state = 'REFUSED'")
                .setParameter("destination", destination)
                .executeUpdate());
    }

    private static String in(String seconds) {
        return "clock_timestamp() + make_interval(secs => :" + seconds + ")";
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** @param missed entries that had left the log before they were read */
    public record Read(int entries, long missed) {}

    /**
     * What is to be sent.
     *
     * @param kind      as {@link Delivery#kind}
     * @param findingId whose mask it is; null of anything else
     * @param messageId what the destination knows it by
     * @param body      null where it is made anew for each attempt
     */
    public record Item(UUID reportKey, int version, String kind, UUID findingId, String messageId, String body) {}
}
