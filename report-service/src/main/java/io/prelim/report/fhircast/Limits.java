package io.prelim.report.fhircast;

import java.time.Duration;

/**
 * What a hub bears.
 *
 * @param topics       at a time
 * @param subscribers  of all topics
 * @param messageBytes of an event that comes in
 * @param contentBytes of one context with what is shared in it
 * @param memoryBytes  of all contexts together
 * @param queue        events that wait for a subscriber, or for its answer
 * @param queueBytes   of those that wait
 * @param acknowledge  in which a subscriber answers an event
 * @param unanswered   events in a row after which it is taken for dead
 * @param send         in which a message leaves this process
 * @param connect      in which a subscriber connects, or connects again
 * @param idle         how long a topic without subscribers is kept
 */
record Limits(
        int topics,
        int subscribers,
        int messageBytes,
        int contentBytes,
        long memoryBytes,
        int queue,
        int queueBytes,
        Duration acknowledge,
        int unanswered,
        Duration send,
        Duration connect,
        Duration heartbeat,
        Duration idle) {
    /** Contexts that are open at a time in a topic. */
    static final int CONTEXTS = 32;

    /** Of one topic. */
    static final int SUBSCRIBERS_OF_TOPIC = 64;
}
