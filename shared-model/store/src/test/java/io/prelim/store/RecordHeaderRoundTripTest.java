package io.prelim.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordHeaderRoundTripTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

    @Test
    void whatWasWrittenIsRead() {
        NewPart part = Parts.part(Parts.bytes(1, 100));

        ByteBuffer encoded = RecordHeader.encode(part, NOW);

        assertThat(RecordHeader.length(encoded)).isEqualTo(encoded.remaining());
        RecordHeader header = RecordHeader.decode(encoded.array());
        assertThat(header)
                .isEqualTo(new RecordHeader(
                        part.partId(),
                        part.studyKey(),
                        2,
                        "1.2.3",
                        "ts=1.2.840.10008.1.2",
                        100,
                        part.digest(),
                        NOW,
                        encoded.remaining()));
    }

    @Test
    void eachFlippedBitIsSeen() {
        byte[] encoded =
                RecordHeader.encode(Parts.part(Parts.bytes(1, 100)), NOW).array();
        for (int bit = 0; bit < encoded.length * 8; bit++) {
            byte[] damaged = encoded.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            boolean accepted = RecordHeader.length(ByteBuffer.wrap(damaged)) == damaged.length
                    && RecordHeader.decode(damaged) != null;

            assertThat(accepted).as("bit %d", bit).isFalse();
        }
    }
}
