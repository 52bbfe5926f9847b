package io.prelim.report.settings;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code prelim.report.fhircast.*}: the FHIRcast hub. Its sessions are in memory: of several instances one is the hub. */
public interface FhircastSettings {
    /** Whether this instance is a hub. */
    @WithDefault("true")
    boolean enabled();

    /** The hub's address as clients see it, such as {@code https://reports.hospital.example/fhircast}; else that of their request. */
    Optional<URI> url();

    /** A topic that follows every draft, such as {@code prelim-drafts}; without it there is none. */
    Optional<@Pattern(regexp = "[A-Za-z0-9._~-]{8,64}") String> feed();

    /** Names of further events that are handed on as they come, such as {@code org.example.annotate}. */
    Optional<Set<@Pattern(regexp = "[A-Za-z][A-Za-z0-9._-]{0,127}") String>> relay();

    /** Of a subscription that asks for none. */
    @WithDefault("PT2H")
    @DurationMin(seconds = 1)
    Duration lease();

    /** Longer ones are granted so long. */
    @WithDefault("PT24H")
    @DurationMin(seconds = 1)
    Duration longestLease();

    /** A subscriber that has not answered an event for so long is told of to the others (FHIRcast 2.5). */
    @WithDefault("PT10S")
    @DurationMin(millis = 100)
    Duration answer();

    /** After so many events in a row without an answer a subscriber is unsubscribed. */
    @WithDefault("3")
    @Min(1)
    @Max(1000)
    int unanswered();

    /** A subscriber that has not taken a message from its connection for so long is cut. */
    @WithDefault("PT10S")
    @DurationMin(millis = 100)
    Duration send();

    /** Within this a subscriber connects, or connects again after a loss; else it must subscribe again. */
    @WithDefault("PT1M")
    @DurationMin(millis = 100)
    Duration connect();

    /** Heartbeats and pings; at most 10 s (FHIRcast 3.2.2). */
    @WithDefault("PT10S")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 10)
    Duration heartbeat();

    /** A topic without subscribers is forgotten after so long, with what is open in it. */
    @WithDefault("PT1H")
    @DurationMin(millis = 100)
    Duration idle();

    /** At a time; more are answered 503. */
    @WithDefault("500")
    @Min(1)
    int maxTopics();

    /** Of all topics; more are answered 503. */
    @WithDefault("1000")
    @Min(1)
    int maxSubscribers();

    /** Bytes of an event; larger ones are answered 413. */
    @WithDefault("1048576")
    @Min(1024)
    @Max(16_777_216)
    int maxMessage();

    /** Bytes of a context with what is shared in it; beyond it an update is answered 413. */
    @WithDefault("4194304")
    @Min(1024)
    @Max(67_108_864)
    int maxContext();

    /** Bytes of all contexts together; beyond it events that need more are answered 503. */
    @WithDefault("268435456")
    @Min(1024)
    long maxMemory();

    /** Events that may wait for one subscriber; with more it is cut. */
    @WithDefault("256")
    @Min(4)
    @Max(65_536)
    int queue();
}
