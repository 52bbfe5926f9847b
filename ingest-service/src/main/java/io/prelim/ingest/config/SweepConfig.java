package io.prelim.ingest.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Every stored part is read again now and then, oldest first, and compared with its digest. */
public interface SweepConfig {
    /** Bytes a second; 0: no sweep. */
    @WithDefault("8M")
    MemorySize rate();

    /** From the beginning of a round to that of the next; a round that takes longer is followed at once. */
    @WithDefault("7D")
    Duration every();

    /** How long a part lies untouched before it is read again: what was just written was checked then, and is in the page cache. */
    @WithDefault("1D")
    Duration minimumAge();
}
