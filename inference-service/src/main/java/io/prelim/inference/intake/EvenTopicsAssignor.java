package io.prelim.inference.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Shares each topic out on its own, cooperatively and sticky. Kafka's own assignor evens out the partitions of all topics together: of
 * four workers on six partitions a lane, one may have four of the stat lane and none of the routine one, and do nothing. It goes by the
 * name of Kafka's own, so that members with either can be in one group: its leader's decides.
 */
public final class EvenTopicsAssignor extends CooperativeStickyAssignor {
    @Override
    public Map<String, List<TopicPartition>> assignPartitions(
            Map<String, List<PartitionInfo>> partitions, Map<String, Subscription> subscriptions) {
        Map<String, List<TopicPartition>> all = new HashMap<>();
        subscriptions.keySet().forEach(member -> all.put(member, new ArrayList<>()));
        partitions.forEach((topic, infos) -> super.assignPartitions(Map.of(topic, infos), only(topic, subscriptions))
                .forEach((member, assigned) -> all.get(member).addAll(assigned)));
        return all;
    }

    /** As if nothing else were subscribed to and owned. */
    private static Map<String, Subscription> only(String topic, Map<String, Subscription> subscriptions) {
        Map<String, Subscription> only = new HashMap<>();
        subscriptions.forEach((member, whole) -> {
            if (whole.topics().contains(topic)) {
                Subscription subscription = new Subscription(
                        List.of(topic),
                        whole.userData() == null ? null : whole.userData().duplicate(),
                        whole.ownedPartitions().stream()
                                .filter(owned -> owned.topic().equals(topic))
                                .toList(),
                        whole.generationId().orElse(DEFAULT_GENERATION),
                        whole.rackId());
                subscription.setGroupInstanceId(whole.groupInstanceId());
                only.put(member, subscription);
            }
        });
        return only;
    }
}
