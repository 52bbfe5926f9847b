package io.prelim.inference.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.EventJson;
import io.prelim.events.Priority;
import io.prelim.events.StudyReceived;
import io.prelim.inference.fixture.InMemoryParts;
import io.prelim.inference.fixture.TestStudy;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
    @Test
    void whetherAStudyIsStatIsSeenWithoutReadingItAll() {
        assertThat(isStat(EventJson.write(study(Priority.STAT)))).isTrue();
        assertThat(isStat(EventJson.write(study(Priority.ROUTINE)))).isFalse();
        assertThat(isStat("{\"series\":[{\"priority\":\"STAT\"}],\"priority\":\"STAT\",\"cut"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "STAT",
                "[]",
                "null",
                "{}",
                "{\"priority\"",
                "{\"priority\":null}",
                "{\"priority\":{\"priority\":\"STAT\"}}",
                "{\"plan\":{\"priority\":\"STAT\"}}",
                "{\"priority\":\"stat\"}",
                "{\"priority\":1}"
            })
    void whatDoesNotSaySoIsNotStat(String json) {
        assertThat(isStat(json)).isFalse();
    }

    @Test
    void aRecordWithoutAValueIsNotStat() {
        assertThat(isStat((byte[]) null)).isFalse();
    }

    private static StudyReceived study(Priority priority) {
        return TestStudy.of(new InMemoryParts(), priority, image -> image).received();
    }

    private static boolean isStat(String json) {
        return isStat(json.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isStat(byte[] value) {
        return RecordReader.isStat(new ConsumerRecord<>("study-received.v1", 0, 0, new byte[0], value));
    }
}
