package io.prelim.inference.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;

/** Commits what a {@link Progress} allows, now and then: a commit holds its thread up. For the poll thread. */
final class Commits {
    /** What ended since the last one is done again if the process is killed. */
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Progress progress;
    private long committedAt = System.nanoTime();

    Commits(Progress progress) {
        this.progress = progress;
    }

    /** Commits if the last time is long enough ago. */
    void due(KafkaConsumer<byte[], byte[]> consumer) {
        if (System.nanoTime() - committedAt >= BETWEEN.toNanos()) {
            now(consumer);
        }
    }

    void now(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            last(consumer);
        } catch (RebalanceInProgressException | CommitFailedException | RetriableException e) {
            // the next poll sees to the rebalance or the broker; what is still ours is committed in a later round
        }
        committedAt = System.nanoTime();
    }

    /** Before the consumer is closed: there is no later round, so that what goes wrong is thrown. */
    void last(KafkaConsumer<byte[], byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = progress.committable();
        if (!offsets.isEmpty()) {
            consumer.commitSync(offsets);
            progress.committed(offsets);
        }
    }

    /** Before partitions are given up. */
    void of(KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = progress.committable();
        offsets.keySet().retainAll(partitions);
        if (!offsets.isEmpty()) {
            consumer.commitSync(offsets);
        }
    }
}
