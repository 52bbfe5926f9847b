package io.prelim.inference.intake;

import io.prelim.events.AnalysisRequested;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/**
 * A job in this process and the record it came in.
 *
 * @param fetchedAt when it came into the queue
 */
public record Job(TopicPartition partition, long offset, AnalysisRequested request, Instant fetchedAt) {}
