package io.prelim.ingest.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/** A patient's earlier studies, fetched by C-MOVE; nothing is fetched unless it is asked for. */
public interface PriorsConfig {
    /** Which of {@link IngestConfig.Dicom#remotes()} is asked, by its name; it must know our AE title. None: nobody. */
    Optional<String> archive();

    /** Studies that are fetched at one request, the latest first. */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int maxStudies();

    /** C-MOVEs at the same time. */
    @WithDefault("1")
    @Min(1)
    @Max(16)
    int movesAtOnce();

    /** Between the end of a C-MOVE and the next one. */
    @WithDefault("1S")
    Duration pause();

    /** To an answer of a C-MOVE; an archive that does not tell of its progress has that for a whole study. */
    @WithDefault("10M")
    Duration moveTimeout();

    /** Between looks for studies to be fetched. */
    @WithDefault("1S")
    Duration checkEvery();

    /** After which what was taken by a process that died is taken again; longer than a C-MOVE takes. */
    @WithDefault("2H")
    Duration claim();

    /** C-MOVEs of one study until it is given up. */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int attempts();

    /** From a C-MOVE that failed to the next one of that study. */
    @WithDefault("1M")
    Duration retryAfter();

    /** How long what was fetched stays, unless it comes on its own. */
    @WithDefault("7D")
    Duration keep();

    /** Between looks for what has stayed that long. */
    @WithDefault("10M")
    Duration purgeEvery();
}
