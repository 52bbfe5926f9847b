package io.prelim.events;

import java.time.Instant;
import java.util.UUID;

/**
 * An order is no longer what it was; a change of one that nobody told of is as good as a new one. Identified: restricted topic
 * {@link Topics#ORDERS}, kept 7 days.
 *
 * @param orderKey   {@link IdentityKeys#order}
 * @param order      as it stands now
 * @param occurredAt when the sender said so
 */
public record OrderChanged(UUID orderKey, Order order, Instant occurredAt) implements Event {
    @Override
    public String key() {
        return orderKey.toString();
    }
}
