/**
 * Stat before routine: the bounded queue between a poll thread and the threads that analyse, and the rule by which they take turns.
 * Knows nothing of Kafka or models; {@code intake} uses it.
 */
package io.prelim.inference.lane;
