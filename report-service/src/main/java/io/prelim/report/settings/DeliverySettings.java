package io.prelim.report.settings;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How patiently a destination of results is served. */
public interface DeliverySettings {
    @WithDefault("PT10S")
    @DurationMin(millis = 1)
    Duration connectTimeout();

    /** For an answer, and for a blocked write. */
    @WithDefault("PT60S")
    @DurationMin(millis = 1)
    Duration answerTimeout();

    /** After a transient failure; doubled with each more, less up to a half by chance. */
    @WithDefault("PT5S")
    @DurationMin(millis = 1)
    Duration shortestPause();

    @WithDefault("PT10M")
    @DurationMin(millis = 1)
    Duration longestPause();

    /** Sent on one connection. */
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int batch();
}
