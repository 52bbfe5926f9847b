package io.prelim.ingest.assembly;

import java.time.Duration;
import java.util.Optional;

/**
 * How a quiet period follows from a sender's gaps.
 *
 * @param minimum    never shorter
 * @param maximum    never longer; a gap beyond it is none of a study that comes in, and is not learned from
 * @param safety     times the longest gap that counts, 1 or more
 * @param minGaps    to be seen before anything follows
 * @param minStudies to be seen before anything follows
 */
public record QuietRule(Duration minimum, Duration maximum, double safety, long minGaps, long minStudies) {
    /** A quiet period, and the gaps and studies it was learned from. */
    public record Learned(Duration quiet, long gaps, long studies) {}

    public QuietRule {
        if (minimum.compareTo(maximum) > 0 || !(safety >= 1)) {
            throw new IllegalArgumentException("minimum beyond maximum, or a safety factor below 1");
        }
    }

    /** Empty until enough was seen. */
    public Optional<Learned> learned(LongestGaps seen) {
        if (seen.gaps() < minGaps || seen.studies() < minStudies) {
            return Optional.empty();
        }
        long millis = Math.round(seen.longestMillis() * safety);
        long bounded = Math.max(minimum.toMillis(), Math.min(maximum.toMillis(), millis));
        return Optional.of(new Learned(Duration.ofMillis(bounded), seen.gaps(), seen.studies()));
    }
}
