package io.prelim.ingest.publish;

/** How one attempt to send a row ended. */
sealed interface Delivery {
    OutboxRow row();

    /** The broker has it. */
    record Acknowledged(OutboxRow row) implements Delivery {}

    /** The broker may or may not have it; to be sent again. */
    record Failed(OutboxRow row, Throwable cause) implements Delivery {}

    /** The broker will never take it, whenever it is sent. */
    record Refused(OutboxRow row, Throwable cause) implements Delivery {}

    /** Not tried, because the broker does not answer. */
    record Untried(OutboxRow row) implements Delivery {}
}
