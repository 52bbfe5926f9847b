package io.prelim.ingest.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.ingest.config.TestConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionPolicyTest {
    private static final long GIB = 1L << 30;

    @Test
    void byDefaultNothingIsAReasonToDrop() {
        RetentionPolicy policy = RetentionPolicy.of(TestConfig.of(Map.of()));

        assertThat(policy.keep()).isEmpty();
        assertThat(policy.lowFree()).isZero();
        assertThat(policy.enoughFree()).isZero();
        assertThat(policy.keepAtLeast()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void enoughIsAQuarterMoreThanLow() {
        RetentionPolicy policy = RetentionPolicy.of(TestConfig.of(Map.of("prelim.retention.low-free", "100G")));

        assertThat(policy.lowFree()).isEqualTo(100 * GIB);
        assertThat(policy.enoughFree()).isEqualTo(125 * GIB);
    }

    @ParameterizedTest
    @CsvSource({
        "prelim.retention.keep, -1S, keep must be more than nothing",
        "prelim.retention.keep, 0S, keep must be more than nothing",
        "prelim.retention.keep-at-least, -1S, keep-at-least must not be negative",
        "prelim.retention.low-free, 512M, low-free must be above prelim.store.min-free",
        "prelim.retention.low-free, 0, low-free must be above prelim.store.min-free"
    })
    void aMistakeIsRefused(String name, String value, String why) {
        assertThatThrownBy(() -> RetentionPolicy.of(TestConfig.of(Map.of(name, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void enoughIsNotBelowLow() {
        Map<String, String> values = Map.of("prelim.retention.low-free", "10G", "prelim.retention.enough-free", "9G");

        assertThatThrownBy(() -> RetentionPolicy.of(TestConfig.of(values)))
                .hasMessageContaining("enough-free must not be below low-free");
    }
}
