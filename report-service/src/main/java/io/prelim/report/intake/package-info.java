/**
 * Facts from Kafka: at least once, in any order between topics. A record that cannot be handled is parked and the partition moves on; a
 * transient fault pauses the channel until it is over. Nothing else in the service consumes from Kafka.
 */
package io.prelim.report.intake;
