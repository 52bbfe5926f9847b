package io.prelim.report.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What is to go to archives. An archive is held by one sender at a time, by a claim that expires by itself, so that what goes to it
 * keeps its order and no lock is held across a send.
 */
@ApplicationScoped
public class ArchiveQueue {
    private static final String DELIVERY =
            " delivery_id, report_key, version, kind, finding_id, sop_instance_uid, archive,"
                    + " state, attempts, digest, problem, " + Rows.micros("queued_at") + ", "
                    + Rows.micros("changed_at") + " ";

    private final EntityManager database;
    private final EventLog log;

    ArchiveQueue(EntityManager database, EventLog log) {
        this.database = database;
        this.log = log;
    }

    /** Makes an archive known. One that is new gets what is written from now on. */
    @Transactional
    public void open(String archive) {
        database.createNativeQuery("insert into archives (name, position) select :archive, last from event_position"
                        + " on conflict do nothing")
                .setParameter("archive", archive)
                .executeUpdate();
    }

    /** Takes the archive for a sender, unless another has it or it is to be left alone for now. */
    @Transactional
    public boolean hold(String archive, UUID sender, Duration claim) {
        return database.createNativeQuery("update archives set held_by = :sender, held_until = " + in("seconds")
                                + " where name = :archive and held_until < clock_timestamp()"
                                + " and next_try <= clock_timestamp()")
                        .setParameter("archive", archive)
                        .setParameter("sender", sender)
                        .setParameter("seconds", seconds(claim))
                        .executeUpdate()
                == 1;
    }

    /** Gives it back. */
    @Transactional
    public void release(String archive, UUID sender) {
        database.createNativeQuery(
                        "update archives set held_until = '-infinity' where name = :archive" + " and held_by = :sender")
                .setParameter("archive", archive)
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
    public Read read(String archive, int limit, Function<EventLog.Entry, List<Item>> items) {
        long position = ((Number)
                        database.createNativeQuery("select position from archives where name = :archive for update")
                                .setParameter("archive", archive)
                                .getSingleResult())
                .longValue();
        List<EventLog.Entry> entries = log.after(position, limit);
        if (entries.isEmpty()) {
            return new Read(0, 0);
        }
        for (EventLog.Entry entry : entries) {
            items.apply(entry).forEach(item -> queue(archive, entry.position(), item));
        }
        database.createNativeQuery("update archives set position = :position where name = :archive")
                .setParameter("archive", archive)
                .setParameter("position", entries.get(entries.size() - 1).position())
                .executeUpdate();
        return new Read(entries.size(), entries.get(0).position() - position - 1);
    }

    private void queue(String archive, long position, Item item) {
        database.createNativeQuery("insert into archive_deliveries"
                        + " (archive, position, report_key, version, kind, finding_id, sop_instance_uid) values"
                        + " (:archive, :position, :report, :version, :kind, cast(:finding as uuid), :uid)"
                        + " on conflict do nothing")
                .setParameter("archive", archive)
                .setParameter("position", position)
                .setParameter("report", item.reportKey())
                .setParameter("version", item.version())
                .setParameter("kind", item.findingId() == null ? "SR" : "SEG")
                .setParameter(
                        "finding",
                        item.findingId() == null ? null : item.findingId().toString())
                .setParameter("uid", item.sopInstanceUid())
                .executeUpdate();
    }

    /** The first that is due, but none of a report of which an earlier one waits. */
    @Transactional
    public Optional<ArchiveDelivery> next(String archive) {
        return deliveries(database.createNativeQuery("select" + DELIVERY + "from archive_deliveries d"
                                + " where archive = :archive and state = 'WAITING' and next_try <= clock_timestamp()"
                                + " and not exists (select from archive_deliveries e where e.archive = d.archive"
                                + " and e.state = 'WAITING' and e.report_key = d.report_key"
                                + " and e.delivery_id < d.delivery_id) order by delivery_id limit 1")
                        .setParameter("archive", archive))
                .stream()
                .findFirst();
    }

    /**
     * Notes that an attempt begins, and holds the archive for as long again.
     *
     * @param digest of what is sent
     * @return the digest of the first attempt; empty when another sender has the archive by now
     */
    @Transactional
    public Optional<String> begin(ArchiveDelivery delivery, String digest, UUID sender, Duration claim) {
        int held = database.createNativeQuery("update archives set held_until = " + in("seconds")
                        + " where name = :archive and held_by = :sender")
                .setParameter("archive", delivery.archive())
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

    /** It is in the archive. @param note what the archive said with it; null for nothing */
    @Transactional
    public void sent(ArchiveDelivery delivery, String note) {
        move(delivery, "SENT", note, Duration.ZERO);
    }

    /** The archive answers. @return whether it could not be reached before */
    @Transactional
    public boolean reached(String archive) {
        return database.createNativeQuery("update archives set failures = 0, next_try = '-infinity', problem = null"
                                + " where name = :archive and failures > 0")
                        .setParameter("archive", archive)
                        .executeUpdate()
                == 1;
    }

    /** It will not be taken. */
    @Transactional
    public void refused(ArchiveDelivery delivery, String problem) {
        move(delivery, "REFUSED", problem, Duration.ZERO);
    }

    /** It may be taken later. */
    @Transactional
    public void postponed(ArchiveDelivery delivery, String problem, Duration pause) {
        move(delivery, "WAITING", problem, pause);
    }

    private void move(ArchiveDelivery delivery, String state, String problem, Duration pause) {
        database.createNativeQuery("update archive_deliveries set state = :state, problem = cast(:problem as text),"
                        + " next_try = " + in("seconds") + ", changed_at = clock_timestamp() where delivery_id = :id")
                .setParameter("id", delivery.deliveryId())
                .setParameter("state", state)
                .setParameter("problem", problem)
                .setParameter("seconds", seconds(pause))
                .executeUpdate();
    }

    /**
     * The archive takes nothing now.
     *
     * @param pause from how often that was so in turn, this time with it
     * @return how often
     */
    @Transactional
    public int unreachable(String archive, String problem, Function<Integer, Duration> pause) {
        Number failures = (Number) database.createNativeQuery(
                        "update archives set failures = failures + 1, problem = :problem where name = :archive"
                                + " returning failures")
                .setParameter("archive", archive)
                .setParameter("problem", problem)
                .getSingleResult();
        database.createNativeQuery("update archives set next_try = " + in("seconds") + " where name = :archive")
                .setParameter("archive", archive)
                .setParameter("seconds", seconds(pause.apply(failures.intValue())))
                .executeUpdate();
        return failures.intValue();
    }

    /** Lets what was refused wait again. @return how many; empty for an archive there is not */
    @Transactional
    public Optional<Integer> retry(String archive) {
        int known = database.createNativeQuery("update archives set next_try = '-infinity' where name = :archive")
                .setParameter("archive", archive)
                .executeUpdate();
        if (known == 0) {
            return Optional.empty();
        }
        return Optional.of(database.createNativeQuery("update archive_deliveries set state = 'WAITING',"
                        + " next_try = '-infinity', changed_at = clock_timestamp()"
                        + " where archive = :archive and state = 'REFUSED'")
                .setParameter("archive", archive)
                .executeUpdate());
    }

    /** How each archive stands that ever was one. */
    @Transactional
    public List<ArchiveStanding> standings() {
        return Rows.of(database.createNativeQuery("select a.name, a.position, a.failures,"
                        + " case when a.next_try > clock_timestamp() then " + Rows.micros("a.next_try")
                        + " end, a.problem,"
                        + " (select count(*) from archive_deliveries d where d.archive = a.name and d.state = 'WAITING'),"
                        + " (select count(*) from archive_deliveries d where d.archive = a.name and d.state = 'REFUSED'),"
                        + " (select cast(extract(epoch from clock_timestamp() - min(queued_at)) as bigint)"
                        + " from archive_deliveries d where d.archive = a.name and d.state = 'WAITING')"
                        + " from archives a order by a.name"))
                .stream()
                .map(row -> new ArchiveStanding(
                        (String) row[0],
                        ((Number) row[1]).longValue(),
                        ((Number) row[2]).intValue(),
                        Rows.instant(row[3]),
                        (String) row[4],
                        ((Number) row[5]).longValue(),
                        ((Number) row[6]).longValue(),
                        row[7] == null ? null : ((Number) row[7]).longValue()))
                .toList();
    }

    /** What goes, went or was refused of a report, in the order of its way out. */
    @Transactional
    public List<ArchiveDelivery> ofReport(UUID reportKey) {
        return deliveries(database.createNativeQuery(
                        "select" + DELIVERY + "from archive_deliveries where report_key = :report order by delivery_id")
                .setParameter("report", reportKey));
    }

    private static List<ArchiveDelivery> deliveries(Query query) {
        return Rows.of(query).stream()
                .map(row -> new ArchiveDelivery(
                        ((Number) row[0]).longValue(),
                        (UUID) row[1],
                        ((Number) row[2]).intValue(),
                        (String) row[3],
                        (UUID) row[4],
                        (String) row[5],
                        (String) row[6],
                        ArchiveDelivery.State.valueOf((String) row[7]),
                        ((Number) row[8]).intValue(),
                        (String) row[9],
                        (String) row[10],
                        Rows.instant(row[11]),
                        Rows.instant(row[12])))
                .toList();
    }

    private static String in(String seconds) {
        return "clock_timestamp() + make_interval(secs => :" + seconds + ")";
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** @param missed entries that had left the log before they were read */
    public record Read(int entries, long missed) {}

    /** An instance that is to be sent. @param findingId whose mask it is; null of the report itself */
    public record Item(UUID reportKey, int version, UUID findingId, String sopInstanceUid) {}
}
