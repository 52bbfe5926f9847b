package io.prelim.report.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 9110 section 10.2.3. */
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void secondsOrADateAtMostAnHour() {
        assertThat(RetryAfter.of("120", NOW)).hasSeconds(120);
        assertThat(RetryAfter.of("0", NOW)).isZero();
        assertThat(RetryAfter.of("999999999", NOW)).hasHours(1);
        assertThat(RetryAfter.of("Sun, 01 Mar 2026 08:01:00 GMT", NOW)).hasMinutes(1);
        assertThat(RetryAfter.of("Sun, 01 Mar 2026 07:00:00 GMT", NOW)).isZero();
        assertThat(RetryAfter.of("Mon, 01 Mar 2027 08:00:00 GMT", NOW)).hasHours(1);
    }

    @Test
    void anythingElseSaysNothing() {
        assertThat(RetryAfter.of(null, NOW)).isNull();
        for (String value : List.of("", "-1", "soon", "99999999999999999999")) {
            assertThat(RetryAfter.of(value, NOW)).isNull();
        }
    }
}
