package io.prelim.ingest.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Quiet periods that follow from how a sender's images come. Gaps are always looked at; whether that has an effect is set here. */
public interface LearnedQuietConfig {
    @WithDefault("false")
    boolean enabled();

    /** AE titles that it is for. None: all. */
    Optional<List<String>> senders();

    /** Never shorter. */
    @WithDefault("2S")
    Duration minimum();

    /** Never longer; a gap beyond it is none within a study that comes in. */
    @WithDefault("2M")
    Duration maximum();

    /** Times the longest gap that a sender's recent studies had. */
    @WithDefault("2")
    @DecimalMin("1")
    @DecimalMax("10")
    double safety();

    /** Gaps of a sender and modality to be seen before. */
    @WithDefault("200")
    @Min(1)
    long minGaps();

    /** Studies of a sender and modality to be seen before. */
    @WithDefault("20")
    @Min(1)
    long minStudies();
}
