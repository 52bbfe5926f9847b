package io.prelim.ingest.publish;

/** Something new waits; observed after the transaction that wrote it. */
record OutboxRang() {}
