package io.prelim.ingest.publish;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.TimeoutException;

/** Acknowledges what it is not told to fail. */
final class FakeSender implements Sender {
    final List<UUID> sent = Collections.synchronizedList(new ArrayList<>());
    volatile Predicate<OutboxRow> fails = row -> false;

    @Override
    public List<Delivery> send(List<OutboxRow> rows) {
        return rows.stream().map(this::send).toList();
    }

    private Delivery send(OutboxRow row) {
        if (fails.test(row)) {
            return new Delivery.Failed(row, new TimeoutException("as told"));
        }
        sent.add(row.eventId);
        return new Delivery.Acknowledged(row);
    }

    @Override
    public void close() {}
}
