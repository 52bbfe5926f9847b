/**
 * Kafka consumers: studies for the planner, jobs for the workers. The poll threads decide and hand over, they never analyse; an offset
 * is committed only after what came of it is with the broker. {@code start} calls it.
 *
 * <p>Kafka's own consumer rather than Reactive Messaging channels: the lanes need to pause one topic of two, offsets are committed out of
 * order, and topics come and go with models, where channels are fixed in configuration.
 */
package io.prelim.inference.intake;
