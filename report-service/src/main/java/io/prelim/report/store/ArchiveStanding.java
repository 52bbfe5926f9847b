package io.prelim.report.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * How an archive stands.
 *
 * @param position      in the event log up to which all is queued
 * @param failures      in turn, since it last answered
 * @param pausedUntil   null when it is not paused
 * @param problem       why it cannot be reached; null while it answers
 * @param waiting       instances
 * @param refused       instances
 * @param oldestSeconds how long the oldest waits; null when none does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArchiveStanding(
        String name,
        long position,
        int failures,
        Instant pausedUntil,
        String problem,
        long waiting,
        long refused,
        Long oldestSeconds) {}
