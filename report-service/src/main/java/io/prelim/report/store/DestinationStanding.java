package io.prelim.report.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * How a destination stands.
 *
 * @param position      in the event log up to which all is queued
 * @param failures      in turn, since it last answered
 * @param pausedUntil   null when it is not paused
 * @param problem       why it cannot be reached, or is disabled; null while it answers
 * @param disabledAt    since when it wants nothing any more; null while it does
 * @param waiting       deliveries
 * @param refused       deliveries
 * @param oldestSeconds how long the oldest waits; null when none does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DestinationStanding(
        String name,
        DestinationType type,
        long position,
        int failures,
        Instant pausedUntil,
        String problem,
        Instant disabledAt,
        long waiting,
        long refused,
        Long oldestSeconds) {}
