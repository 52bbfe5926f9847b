package io.prelim.ingest.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Map;

/** HL7 v2 over MLLP: orders, ADT, signed reports. It listens when somebody may connect: without {@link #peers()} there is no port. */
public interface Hl7Config {
    /** To listen on. */
    @WithDefault("127.0.0.1")
    @NotBlank
    String address();

    /** 0 for one the system picks. */
    @WithDefault("2575")
    @Min(0)
    @Max(65535)
    int port();

    /** At the same time; one more is closed. */
    @WithDefault("32")
    @Min(1)
    @Max(1000)
    int maxConnections();

    /** Bytes of one message; a longer one is answered AR at that length, and its connection closed. */
    @WithDefault("1M")
    MemorySize maxMessageSize();

    /** Between messages; then the connection is closed. */
    @WithDefault("10M")
    Duration idleTimeout();

    /** For one message to come in whole, and for its answer to be taken; then the connection is closed. */
    @WithDefault("20S")
    Duration messageTimeout();

    /** By a name of the site's, such as {@code prelim.hl7.peers.engine.networks}. */
    Map<String, Hl7PeerConfig> peers();
}
