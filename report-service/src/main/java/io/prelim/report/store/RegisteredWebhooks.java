package io.prelim.report.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** Webhooks that were registered while the service ran. */
@ApplicationScoped
public class RegisteredWebhooks {
    private final EntityManager database;
    private final DeliveryQueue queue;

    RegisteredWebhooks(EntityManager database, DeliveryQueue queue) {
        this.database = database;
        this.queue = queue;
    }

    /** By name. */
    @Transactional
    public List<Row> all() {
        return Rows.of(database.createNativeQuery("select name, url, secret, events, " + Rows.micros("created_at")
                        + " from webhooks order by name"))
                .stream()
                .map(row -> new Row(
                        (String) row[0],
                        (String) row[1],
                        (String) row[2],
                        List.of(((String) row[3]).split(",")),
                        Rows.instant(row[4])))
                .toList();
    }

    /**
     * Adds one, under a name that no destination has or had.
     *
     * @param most there may be
     * @return what became of it
     */
    @Transactional
    public Added add(Row webhook, int most) {
        // one at a time, so that they are counted right
        database.createNativeQuery("lock table webhooks in share row exclusive mode")
                .executeUpdate();
        Number there = (Number)
                database.createNativeQuery("select count(*) from webhooks").getSingleResult();
        if (there.intValue() >= most) {
            return Added.TOO_MANY;
        }
        if (!queue.openNew(webhook.name(), DestinationType.WEBHOOK)) {
            return Added.TAKEN;
        }
        database.createNativeQuery(
                        "insert into webhooks (name, url, secret, events) values (:name, :url, :secret, :events)")
                .setParameter("name", webhook.name())
                .setParameter("url", webhook.url())
                .setParameter("secret", webhook.secret())
                .setParameter("events", String.join(",", webhook.events()))
                .executeUpdate();
        return Added.ADDED;
    }

    /** Forgets one, with its secret; what went to it stays on record. @return whether there was one */
    @Transactional
    public boolean remove(String name) {
        boolean known = database.createNativeQuery("delete from webhooks where name = :name")
                        .setParameter("name", name)
                        .executeUpdate()
                == 1;
        if (known) {
            queue.disabled(name, "removed");
            queue.refuseWaiting(name, "the webhook was removed");
        }
        return known;
    }

    /** What became of a registration. */
    public enum Added {
        ADDED,
        /** A destination has or had the name. */
        TAKEN,
        TOO_MANY
    }

    /**
     * One.
     *
     * @param secret    as it was told
     * @param events    names of {@code WebhookSettings.Event}
     * @param createdAt null before it is
     */
    public record Row(String name, String url, String secret, List<String> events, Instant createdAt) {
        @Override
        public String toString() {
            return "Row[" + name + "]";
        }
    }
}
