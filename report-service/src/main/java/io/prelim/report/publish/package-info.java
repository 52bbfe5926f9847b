/** From the outbox to Kafka, again and again until the broker has acknowledged. Nothing else in the service produces to Kafka. */
package io.prelim.report.publish;
