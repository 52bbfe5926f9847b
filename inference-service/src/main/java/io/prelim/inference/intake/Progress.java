package io.prelim.inference.intake;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What may be committed when jobs end out of order: for each partition the offset of the oldest job not done, so that nothing undone is
 * ever behind a committed offset. Thread-safe.
 */
final class Progress {
    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    /** A record was fetched; offsets of a partition come in rising order. */
    synchronized void received(TopicPartition partition, long offset) {
        Partition state = partitions.computeIfAbsent(partition, key -> new Partition());
        state.open.add(offset);
        state.next = offset + 1;
    }

    /** Its outcome is with the broker. Of a partition that is no longer ours nothing is remembered. */
    synchronized void done(TopicPartition partition, long offset) {
        Partition state = partitions.get(partition);
        if (state != null) {
            state.open.remove(offset);
        }
    }

    synchronized void clear() {
        partitions.clear();
    }

    synchronized void forget(Collection<TopicPartition> gone) {
        gone.forEach(partitions::remove);
    }

    /** Offsets that moved since they were last {@link #committed}. */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach((partition, state) -> {
            long offset = state.open.isEmpty() ? state.next : state.open.first();
            if (offset > state.committed) {
                offsets.put(partition, new OffsetAndMetadata(offset));
            }
        });
        return offsets;
    }

    synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Partition state = partitions.get(partition);
            if (state != null) {
                state.committed = Math.max(state.committed, offset.offset());
            }
        });
    }

    private static final class Partition {
        private final TreeSet<Long> open = new TreeSet<>();
        private long next;
        // nothing is committed before the first record is done
        private long committed;

        private Partition() {}
    }
}
