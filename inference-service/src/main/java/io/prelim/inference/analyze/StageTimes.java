package io.prelim.inference.analyze;

import io.prelim.events.StudyAnalyzed.Timings;
import java.time.Duration;

/** Where the time of one analysis went; the stages interleave when a study has several images. */
final class StageTimes {
    private long queuedNanos;
    private long fetchNanos;
    private long prepareNanos;
    private long runNanos;

    StageTimes(Duration queued) {
        queuedNanos = Math.max(0, queued.toNanos());
    }

    /** For a session that is free. */
    void waited(long nanos) {
        queuedNanos += nanos;
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
        return new Timings(millis(queuedNanos), millis(fetchNanos), millis(prepareNanos), millis(runNanos));
    }

    private static long millis(long nanos) {
        return Math.round(nanos / 1e6);
    }
}
