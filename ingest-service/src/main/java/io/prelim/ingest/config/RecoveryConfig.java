package io.prelim.ingest.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is read of the segment log at start, so that index and log agree. */
public interface RecoveryConfig {
    /** Read all of it, as is done anyway with a database that knows of no start before this one. The doors open after that. */
    @WithDefault("false")
    boolean fromStart();

    /** Between looks at how far the log is indexed: a start after a crash reads what was written since. */
    @WithDefault("5S")
    Duration checkpointEvery();
}
