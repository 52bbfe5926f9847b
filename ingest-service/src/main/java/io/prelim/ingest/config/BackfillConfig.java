package io.prelim.ingest.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Studies of the past that one more model answers, by command. */
public interface BackfillConfig {
    /** Studies asked about and not answered yet, of all commands. */
    @WithDefault("16")
    @Min(1)
    @Max(1000)
    int inHand();

    /** How often it is seen whether more may be asked. */
    @WithDefault("1S")
    Duration checkEvery();
}
