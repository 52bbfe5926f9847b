package io.prelim.fhircast;

/**
 * What came of one rule.
 *
 * @param found what was seen instead, or why it was skipped; empty for a pass
 */
public record Result(Rule rule, Outcome outcome, String found) {
    /** How it ended. */
    public enum Outcome {
        PASS,
        FAIL,
        /** An option of the specification that the hub does not have. */
        SKIPPED
    }
}
