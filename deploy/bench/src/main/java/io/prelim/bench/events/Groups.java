package io.prelim.bench.events;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** What the broker knows of consumer groups. */
final class Groups implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Admin admin;

    Groups(String bootstrap) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    /** Returns when so many members share the group's partitions. */
    void awaitMembers(String group, int members) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!shared(group, members)) {
            if (System.nanoTime() > end) {
                throw new IOException("group " + group + " did not come to " + members + " members");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Records of a topic that a group has not committed yet. */
    long lag(String group, String topic) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> asked = committed.keySet().stream()
                    .filter(partition -> partition.topic().equals(topic))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            return admin.listOffsets(asked).all().get().entrySet().stream()
                    .mapToLong(end -> end.getValue().offset()
                            - committed.get(end.getKey()).offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the lag of " + group + " could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private boolean shared(String group, int members) throws InterruptedException {
        try {
            ConsumerGroupDescription now =
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group);
            return now.groupState() == GroupState.STABLE
                    && now.members().size() == members
                    && now.members().stream()
                            .noneMatch(
                                    each -> each.assignment().topicPartitions().isEmpty());
        } catch (ExecutionException e) {
            // a group that is not there yet
            return false;
        }
    }
}
