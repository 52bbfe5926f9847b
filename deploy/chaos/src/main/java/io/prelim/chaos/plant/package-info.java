/** Bugs planted on purpose, so that the checker can show that it sees them. They live in the rig alone: in the agent, or as triggers in a run's own database. */
package io.prelim.chaos.plant;
