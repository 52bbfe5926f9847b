package io.prelim.events;

import java.time.Instant;
import java.util.UUID;

/**
 * There is a new order. Identified: restricted topic {@link Topics#ORDERS}, kept 7 days.
 *
 * @param orderKey   {@link IdentityKeys#order}
 * @param occurredAt when the sender said so
 */
public record OrderPlaced(UUID orderKey, Order order, Instant occurredAt) implements Event {
    @Override
    public String key() {
        return orderKey.toString();
    }
}
