/**
 * What other services and integration engines tell, from Kafka: at least once, in any order between topics. A record that cannot be handled is parked and the
 * partition moves on; a fault that passes pauses the channel until it has passed, and parks nothing. Offsets are committed after the
 * database's commit. Nothing else in the service consumes from Kafka, and nothing calls this.
 */
package io.prelim.ingest.intake;
