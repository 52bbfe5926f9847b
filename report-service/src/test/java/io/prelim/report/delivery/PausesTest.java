package io.prelim.report.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {
    @Test
    void pausesDoubleUpToTheLongest() {
        Pauses none = new Pauses(Duration.ofSeconds(5), Duration.ofMinutes(10), () -> 0);
        Pauses most = new Pauses(Duration.ofSeconds(5), Duration.ofMinutes(10), () -> 1);

        assertThat(none.after(1)).hasSeconds(5);
        assertThat(none.after(2)).hasSeconds(10);
        assertThat(none.after(7)).hasSeconds(320);
        assertThat(none.after(8)).hasMinutes(10);
        assertThat(none.after(1_000_000)).hasMinutes(10);
        assertThat(most.after(1)).hasMillis(2_500);
        assertThat(most.after(8)).hasMinutes(5);
    }
}
