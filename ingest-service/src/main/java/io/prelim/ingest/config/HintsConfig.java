package io.prelim.ingest.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What ends a quiet period early. */
public interface HintsConfig {
    /** Instances of one notification; more is answered 0213. A procedure step that announces more is kept, and ends nothing early. */
    @WithDefault("50000")
    @Min(1)
    @Max(100000)
    int maxInstances();

    /** How long announcements are kept. */
    @WithDefault("7D")
    Duration keep();

    /** Without a new image, until the archive of {@link RemoteConfig#archive()} is asked how many instances it has. */
    @WithDefault("1S")
    Duration askAfter();

    /** From an answer of more instances than are here to the next question. */
    @WithDefault("5S")
    Duration askAgain();

    /** How long a study waits for what its archive has more. */
    @WithDefault("2M")
    Duration askFor();

    /** To an answer of the archive; without one the quiet period goes on as if it had not been asked. */
    @WithDefault("5S")
    Duration askTimeout();

    /** Archives asked at the same time. */
    @WithDefault("2")
    @Min(1)
    @Max(16)
    int asksAtOnce();
}
