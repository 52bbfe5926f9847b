package io.prelim.inference.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvenTopicsAssignorTest {
    private static final String STAT = "analysis-requested.m.stat.v1";
    private static final String ROUTINE = "analysis-requested.m.routine.v1";

    private final EvenTopicsAssignor assignor = new EvenTopicsAssignor();
    private Map<String, Set<TopicPartition>> owned = new HashMap<>();
    private int generation;

    @ParameterizedTest
    @CsvSource({"4,2", "3,2", "12,5", "3,3", "2,3"})
    void eachTopicIsSharedEvenlyByMembersThatCameOneAfterTheOther(int partitions, int members) {
        for (int i = 0; i < members; i++) {
            owned.put("member-" + i, Set.of());
            balance(partitions);
        }

        for (String topic : List.of(STAT, ROUTINE)) {
            assertThat(owned.values())
                    .allSatisfy(each -> assertThat(of(topic, each))
                            .isBetween(partitions / members, (partitions + members - 1) / members));
        }
        assertThat(all()).hasSize(2 * partitions).doesNotHaveDuplicates();
    }

    @Test
    void aMemberThatCameTakesOnlyWhatOthersGaveUp() {
        owned.put("first", Set.of());
        balance(4);
        Set<TopicPartition> before = owned.get("first");
        owned.put("second", Set.of());

        round(4);

        assertThat(before).containsAll(owned.get("first"));
        assertThat(owned.get("second")).as("not before they are given up").isEmpty();
        round(4);
        assertThat(owned.get("first")).hasSize(4);
        assertThat(owned.get("second")).hasSize(4);
    }

    @Test
    void nothingMovesWithoutNeed() {
        owned.put("first", Set.of());
        owned.put("second", Set.of());
        balance(4);
        Map<String, Set<TopicPartition>> before = Map.copyOf(owned);

        balance(4);

        assertThat(owned).isEqualTo(before);
    }

    @Test
    void whatAMemberLeavesGoesToTheOthers() {
        owned.put("first", Set.of());
        owned.put("second", Set.of());
        balance(4);
        owned.remove("first");

        balance(4);

        assertThat(owned.get("second")).hasSize(8);
    }

    /** Until nothing is given up any more, as the group would. */
    private void balance(int partitions) {
        Map<String, Set<TopicPartition>> before;
        do {
            before = owned;
            round(partitions);
        } while (!owned.equals(before));
    }

    private void round(int partitions) {
        generation++;
        Map<String, Subscription> subscriptions = new HashMap<>();
        owned.forEach((member, has) -> subscriptions.put(
                member,
                new Subscription(
                        List.of(STAT, ROUTINE), null, List.copyOf(has), generation - 1, java.util.Optional.empty())));
        Map<String, Set<TopicPartition>> next = new HashMap<>();
        assignor.assign(cluster(partitions), new GroupSubscription(subscriptions))
                .groupAssignment()
                .forEach((member, assigned) -> next.put(member, new HashSet<>(assigned.partitions())));
        owned = next;
    }

    private static Cluster cluster(int partitions) {
        Node node = new Node(1, "localhost", 9092);
        List<PartitionInfo> infos = IntStream.range(0, 2 * partitions)
                .mapToObj(i -> new PartitionInfo(
                        i < partitions ? STAT : ROUTINE, i % partitions, node, new Node[] {node}, new Node[] {node}))
                .toList();
        return new Cluster("cluster", List.of(node), infos, Set.of(), Set.of());
    }

    private static int of(String topic, Collection<TopicPartition> partitions) {
        return (int)
                partitions.stream().filter(each -> each.topic().equals(topic)).count();
    }

    private List<TopicPartition> all() {
        return owned.values().stream().flatMap(Set::stream).toList();
    }
}
