package io.prelim.ingest.config;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Storage commitment (PS3.4 annex J); results go to the requester's {@link IngestConfig.Dicom#remotes() host and port}. */
public interface CommitmentConfig {
    /** Instances of one request; more is answered 0213. */
    @WithDefault("50000")
    @Min(1)
    @Max(100000)
    int maxInstances();

    /** For instances that are not stored yet to come in, before the requester is told that they are not here. */
    @WithDefault("10S")
    Duration awaitInstances();

    /** Between looks for requests to judge and results to report. */
    @WithDefault("0.5S")
    Duration checkEvery();

    /** After which what was taken by a process that died is taken again; longer than a report takes. */
    @WithDefault("5M")
    Duration claim();

    /** Requesters that are reported to at the same time. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int requestersAtOnce();

    /** From a report that was not taken to the next one; doubles each time. */
    @WithDefault("10S")
    Duration firstRetry();

    /** Longest time between two reports. */
    @WithDefault("10M")
    Duration lastRetry();

    /** After which a result that was not taken is not reported again, unless it is asked for. */
    @WithDefault("24H")
    Duration giveUpAfter();

    /** How long what is finished stays in the database. */
    @WithDefault("30D")
    Duration keep();
}
