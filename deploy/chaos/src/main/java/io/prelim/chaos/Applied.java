package io.prelim.chaos;

import io.prelim.chaos.fault.Fault;

/**
 * What became of one fault.
 *
 * @param inFlight parcels the sender waited for an answer to when it happened
 * @param what for people: how it happened, or why not
 * @param downMillis until all it took down was ready again
 */
public record Applied(int round, Fault fault, boolean happened, int inFlight, String what, long downMillis) {
    /** For people. */
    @Override
    public String toString() {
        return "round " + round + ": " + fault.label() + (happened ? "" : " (not: " + what + ")")
                + (happened ? ", " + inFlight + " in flight, " + what + ", up after " + downMillis + " ms" : "");
    }
}
