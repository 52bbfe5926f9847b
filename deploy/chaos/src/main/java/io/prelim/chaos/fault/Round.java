package io.prelim.chaos.fault;

import java.util.List;

/**
 * Faults at the same time, each on other processes.
 *
 * @param number from 0
 */
public record Round(int number, List<Fault> faults) {
    public Round {
        faults = List.copyOf(faults);
    }
}
