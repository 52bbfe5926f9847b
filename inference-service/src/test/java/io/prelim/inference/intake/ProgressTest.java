package io.prelim.inference.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final TopicPartition PARTITION = new TopicPartition("jobs", 0);

    private final Progress progress = new Progress();

    @Test
    void nothingUndoneIsEverBehindTheCommittedOffset() {
        receive(5, 6, 9);
        progress.done(PARTITION, 6);
        assertThat(offset()).isEqualTo(5);
        progress.done(PARTITION, 5);
        // 7 and 8 are gaps in the log
        assertThat(offset()).isEqualTo(9);
        progress.done(PARTITION, 9);
        assertThat(offset()).isEqualTo(10);
    }

    @Test
    void saysOnlyWhatMoved() {
        receive(5);
        progress.done(PARTITION, 5);
        progress.committed(progress.committable());

        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void aPartitionThatIsNoLongerOursIsForgotten() {
        receive(5, 6);
        progress.forget(List.of(PARTITION));
        progress.done(PARTITION, 5);

        assertThat(progress.committable()).isEmpty();
    }

    private void receive(long... offsets) {
        for (long offset : offsets) {
            progress.received(PARTITION, offset);
        }
    }

    private long offset() {
        OffsetAndMetadata offset = progress.committable().get(PARTITION);
        return offset.offset();
    }
}
