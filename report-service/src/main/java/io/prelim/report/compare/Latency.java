package io.prelim.report.compare;

import io.prelim.events.StudyAnalyzed.Timings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Milliseconds a model took for a study once its turn had come: fetching, preparing, running. Nearest rank.
 *
 * @param studies that it was measured in
 */
public record Latency(int studies, long p50, long p90, long p99) {
    /** Gathers study by study. */
    static final class Tally {
        private final List<Long> millis = new ArrayList<>();

        void add(Timings timings) {
            if (timings != null) {
                millis.add(timings.fetchMs() + timings.prepareMs() + timings.runMs());
            }
        }

        Latency result() {
            Collections.sort(millis);
            return new Latency(millis.size(), rank(50), rank(90), rank(99));
        }

        private long rank(int percent) {
            return millis.isEmpty() ? 0 : millis.get((millis.size() * percent + 99) / 100 - 1);
        }
    }
}
