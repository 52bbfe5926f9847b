/** The chaos rig: one seeded run against real processes, from its faults to its verdict. Called by {@code deploy/chaos/run} and its own tests alone. */
package io.prelim.chaos;
