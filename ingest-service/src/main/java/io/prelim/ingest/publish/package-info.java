/**
 * The outbox and its relay to Kafka: what must be told is written in the transaction that makes it true, and sent again until its
 * effect is seen. Whoever makes something true calls {@link io.prelim.ingest.publish.Outbox}; nothing else here is called from
 * outside, and nothing else in the service produces to Kafka.
 */
package io.prelim.ingest.publish;
