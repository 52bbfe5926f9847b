package io.prelim.ingest.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A second copy of the segment log in a store that speaks S3, made before an object is answered. */
public interface CopyConfig {
    /** Where the objects go. Without one there is no second copy. */
    Optional<String> bucket();

    /** Of the store; without one it is Amazon's, by region. */
    Optional<URI> endpoint();

    /** Whether an endpoint on another machine may be one without TLS. What goes there holds patients' identity. */
    @WithDefault("false")
    boolean allowPlainHttp();

    /** Stands before every key, and a {@code /} behind it. Several stores may share one: each has an id of its own below it. */
    @WithDefault("prelim")
    @Pattern(regexp = "[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")
    String prefix();

    @WithDefault("us-east-1")
    @NotBlank
    String region();

    /** Whether the bucket is part of the path; otherwise it is of the host name. */
    @WithDefault("true")
    boolean pathStyle();

    /** File that holds the access key id; without one the client looks in its usual places. Read anew for each request. */
    Optional<Path> accessKeyFile();

    /** File that holds the secret key. */
    Optional<Path> secretKeyFile();

    /** Longest object, 4K to 256M: what waits is put together up to it, what is longer is split. */
    @WithDefault("4M")
    MemorySize objectSize();

    /** Objects put side by side; each takes {@link #objectSize()} of memory. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int concurrency();

    /** For what is received to be copied; after it the answer is A700, and stays so until the store is reached again. */
    @WithDefault("10S")
    Duration deadline();

    /** To connect. */
    @WithDefault("2S")
    Duration connectTimeout();

    /** For one request and its answer; it is tried again until {@link #deadline()}. */
    @WithDefault("4S")
    Duration attemptTimeout();

    /** Between two tries while the store is away. */
    @WithDefault("0.5S")
    Duration retryEvery();

    /** Id of the store that an empty {@link IngestConfig.Store#directory()} is filled with at start; no effect where it is already. */
    Optional<UUID> restore();
}
