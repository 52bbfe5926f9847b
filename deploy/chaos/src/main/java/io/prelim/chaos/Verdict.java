package io.prelim.chaos;

import io.prelim.chaos.check.Evidence;
import io.prelim.chaos.check.Violation;
import java.util.List;

/**
 * How a run ended.
 *
 * @param acceptedAfterMillis longest time from when everything ran again to the next success
 */
public record Verdict(
        long seed, List<Applied> applied, Evidence evidence, List<Violation> violations, long acceptedAfterMillis) {
    public Verdict {
        applied = List.copyOf(applied);
        violations = List.copyOf(violations);
    }

    /** Faults that happened, of these labels' beginnings. */
    public long happened(String label) {
        return applied.stream()
                .filter(one -> one.happened() && one.fault().label().startsWith(label))
                .count();
    }

    /** Processes that died, each with work in flight. */
    public long kills() {
        return applied.stream()
                .filter(Applied::happened)
                .mapToLong(one -> one.fault().targets().size())
                .sum();
    }
}
