package io.prelim.ingest.web.wado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.ingest.web.BadParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameNumbersTest {
    @Test
    void areInTheOrderTheyAreAskedFor() {
        assertThat(FramesResource.numbers("3,1,2")).containsExactly(3, 1, 2);
        assertThat(FramesResource.numbers("7")).containsExactly(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1,", ",1", "1,,2", "1-3", "a", "1, 2", "01", "9999999999"})
    void whatIsNoListIsRefused(String list) {
        assertThatThrownBy(() -> FramesResource.numbers(list)).isInstanceOf(BadParameter.class);
    }
}
