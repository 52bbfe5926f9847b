package io.prelim.inference.analyze;

import io.prelim.events.StudyAnalyzed.Timings;
import java.time.Duration;

/** Where the time of one analysis went; the stages interleave when a study has several images. */
final class StageTimes {
    private final Duration queued;
    private long fetchNanos;
    private long prepareNanos;
    private long runNanos;

    StageTimes(Duration queued) {
        this.queued = queued;
    }

    void fetched(long nanos) {
        fetchNanos += nanos;
    }

    void prepared(long nanos) {
        prepareNanos += nanos;
    }

    void ran(long nanos) {
        runNanos += nanos;
    }

    Timings timings() {
        return new Timings(Math.max(0, queued.toMillis()), millis(fetchNanos), millis(prepareNanos), millis(runNanos));
    }

    private static long millis(long nanos) {
        return Math.round(nanos / 1e6);
    }
}
