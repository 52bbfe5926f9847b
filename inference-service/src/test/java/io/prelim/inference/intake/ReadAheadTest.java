package io.prelim.inference.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.inference.lane.LaneCredits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private static final String TOPIC = "study-received.v1";

    private final ReadAhead waiting = new ReadAhead(8, 1_000, LaneCredits.of(3, Duration.ofMinutes(2)));
    private long next;

    @Test
    void statIsPlannedBeforeRoutineAndEachInItsOrder() {
        add("a", false);
        add("b", false);
        add("c", true);
        add("d", true);

        assertThat(take(10, true)).containsExactly("c2", "d3", "a0", "b1");
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void routineGoesAfterSoManyStat() {
        add("a", false);
        for (String key : List.of("b", "c", "d", "e")) {
            add(key, true);
        }

        assertThat(take(10, true)).containsExactly("b1", "c2", "d3", "a0", "e4");
    }

    @Test
    void whatWaitsOfAStudyGoesWithItsStatRevision() {
        add("a", false);
        add("b", false);
        add("b", false);
        add("b", true);

        assertThat(take(10, true)).containsExactly("b1", "b2", "b3", "a0");
    }

    @Test
    void aRoutineRevisionStaysBehindTheStatOneBeforeIt() {
        add("a", false);
        add("b", true);
        add("b", false);

        assertThat(take(1, true)).containsExactly("b1");
        assertThat(take(10, true)).containsExactly("b2", "a0");
    }

    @Test
    void routineIsLeftWhereItIsWhileThereIsMoreToRead() {
        add("a", false);
        add("b", true);

        assertThat(take(10, false)).containsExactly("b1");
        assertThat(take(10, false)).isEmpty();
        assertThat(take(10, true)).containsExactly("a0");
    }

    @Test
    void isBoundedInRecordsAndBytes() {
        for (int i = 0; i < 7; i++) {
            add("k" + i, false);
        }
        assertThat(waiting.isFull()).isFalse();
        add("k7", true);
        assertThat(waiting.isFull()).isTrue();
        take(3, true);
        assertThat(waiting.isFull()).isFalse();
        assertThat(waiting.hasRoom()).isFalse();
        take(1, true);
        assertThat(waiting.hasRoom()).isTrue();

        waiting.add(new Received(record(0, "large", 990), false));

        assertThat(waiting.isFull()).isTrue();
    }

    @Test
    void whatIsNoLongerOursIsForgotten() {
        waiting.add(new Received(record(0, "a", 10), false));
        waiting.add(new Received(record(1, "b", 990), true));
        waiting.add(new Received(record(0, "c", 10), true));

        waiting.forget(List.of(new TopicPartition(TOPIC, 1)));

        assertThat(waiting.isFull()).isFalse();
        assertThat(take(10, true)).containsExactly("c2", "a0");
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void aRecordWithoutAKeyStandsAlone() {
        waiting.add(new Received(record(0, null, 10), false));
        waiting.add(new Received(record(0, null, 10), true));

        assertThat(waiting.take(10, true)).extracting(Received::offset).containsExactly(1L, 0L);
    }

    private void add(String key, boolean stat) {
        waiting.add(new Received(record(0, key, 10), stat));
    }

    private List<String> take(int most, boolean routine) {
        return waiting.take(most, routine).stream()
                .map(each -> each.key() + each.offset())
                .toList();
    }

    private ConsumerRecord<byte[], byte[]> record(int partition, String key, int bytes) {
        byte[] value = new byte[bytes];
        byte[] written = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                next++,
                0,
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                key == null ? -1 : written.length,
                bytes,
                written,
                value,
                new org.apache.kafka.common.header.internals.RecordHeaders(),
                java.util.Optional.empty());
    }
}
