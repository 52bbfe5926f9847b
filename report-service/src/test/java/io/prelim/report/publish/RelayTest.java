package io.prelim.report.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.events.CloudEvent;
import io.prelim.events.EventJson;
import io.prelim.events.Priority;
import io.prelim.events.ReportChanged;
import io.prelim.report.store.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RelayTest {
    private final ScriptedOutbox outbox = new ScriptedOutbox();
    private final ScriptedSender sender = new ScriptedSender();
    private final Relay relay = new Relay(outbox, Told::change, sender, 2, Duration.ofMillis(200));

    @Test
    void everythingLeavesInOrder() {
        outbox.put(5);

        relay.drain();

        assertThat(sender.sent)
                .extracting(event -> ((ReportChanged) event.data()).sequence())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(outbox.rows).isEmpty();
    }

    @Test
    void whatIsNotAcknowledgedStaysAndIsSentAgainWithTheSameId() {
        outbox.put(3);
        sender.refused.add(2L);

        assertThatThrownBy(relay::drain).isInstanceOf(RuntimeException.class);
        assertThat(outbox.rows.keySet()).containsExactly(2L, 3L);
        assertThat(outbox.claimed).isEmpty();
        sender.refused.clear();
        relay.drain();

        assertThat(outbox.rows).isEmpty();
        assertThat(sender.sent)
                .filteredOn(event -> ((ReportChanged) event.data()).sequence() == 2)
                .extracting(CloudEvent::id)
                .hasSize(2)
                .containsOnly(sender.sent.get(1).id());
    }

    @Test
    void brokerThatNeverAnswersDoesNotHoldTheRelay() {
        outbox.put(1);
        sender.silent = true;

        assertThatThrownBy(relay::drain).isInstanceOf(RuntimeException.class);

        assertThat(outbox.rows).hasSize(1);
    }

    private static final class ScriptedSender implements EventSender {
        private final List<CloudEvent> sent = new ArrayList<>();
        private final Set<Long> refused = new HashSet<>();
        private boolean silent;

        @Override
        public CompletionStage<Void> send(CloudEvent event) {
            sent.add(event);
            if (silent) {
                return new CompletableFuture<>();
            }
            return refused.contains(((ReportChanged) event.data()).sequence())
                    ? CompletableFuture.failedFuture(new IllegalStateException("broker away"))
                    : CompletableFuture.completedFuture(null);
        }
    }

    private static final class ScriptedOutbox implements OutboxRows {
        private final TreeMap<Long, Outbox.Row> rows = new TreeMap<>();
        private final Set<Long> claimed = new HashSet<>();

        void put(int count) {
            for (long position = 1; position <= count; position++) {
                ReportChanged change = new ReportChanged(
                        UUID.randomUUID(),
                        List.of(UUID.randomUUID()),
                        List.of("1.2"),
                        1,
                        position,
                        1,
                        ReportChanged.Status.DRAFT,
                        true,
                        Priority.ROUTINE,
                        List.of(),
                        Instant.EPOCH);
                rows.put(
                        position,
                        new Outbox.Row(position, new String(EventJson.write(change), StandardCharsets.UTF_8)));
            }
        }

        @Override
        public List<Outbox.Row> claim(int limit, Duration claim) {
            List<Outbox.Row> taken = rows.values().stream()
                    .filter(row -> !claimed.contains(row.position()))
                    .limit(limit)
                    .toList();
            taken.forEach(row -> claimed.add(row.position()));
            return taken;
        }

        @Override
        public void done(List<Long> positions) {
            positions.forEach(rows::remove);
            claimed.removeAll(positions);
        }

        @Override
        public void release(List<Long> positions) {
            claimed.removeAll(positions);
        }
    }
}
