/**
 * What this service writes to Kafka: plans and jobs, outcomes, parked records, and the topics they need. A write counts once every
 * in-sync replica has it. {@code intake} and {@code start} call it.
 */
package io.prelim.inference.publish;
