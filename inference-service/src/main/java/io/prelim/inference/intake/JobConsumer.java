package io.prelim.inference.intake;

import io.prelim.events.AnalysisRequested;
import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.lane.Lane;
import io.prelim.inference.lane.LaneQueue;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.metrics.InferenceMetrics;
import io.prelim.inference.publish.OutcomePublisher;
import io.prelim.inference.publish.Parking;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A worker's intake for one deployment: one consumer over its two job topics, a bounded queue by lane, and the threads that analyse. The
 * poll thread only hands over and commits; a lane that is full is paused, the other goes on.
 */
public final class JobConsumer implements AutoCloseable {
    /** Records of one poll: a lane exceeds its capacity by no more. */
    public static final int MOST_POLLED = 64;

    private static final Duration POLL = Duration.ofMillis(100);

    /** While a lane is full: work threads must not run dry before it is seen that there is room again. */
    private static final Duration POLL_WHEN_FULL = Duration.ofMillis(5);

    private static final Duration AFTER_DRAIN = Duration.ofSeconds(5);

    private final String deployment;
    private final ConsumerSettings settings;
    private final TopicNames topics;
    private final TopicCreation creation;
    private final LaneQueue<Job> queue;
    private final Parking parking;
    private final InferenceMetrics metrics;
    private final InstantSource clock;
    private final Duration drain;
    private final Progress progress = new Progress();
    private final Commits commits = new Commits(progress);
    private final JobWorkers workers;
    private final PollThread thread;
    private final Map<Lane, AtomicLong> lag = new EnumMap<>(Lane.class);
    private volatile boolean abandoned;

    /**
     * @param analyses one for each thread
     * @param drain    how long what is in hand may take when this is closed
     */
    public JobConsumer(
            String deployment,
            ConsumerSettings settings,
            TopicNames topics,
            TopicCreation creation,
            LaneQueue<Job> queue,
            List<Analysis> analyses,
            OutcomePublisher publisher,
            Parking parking,
            InferenceMetrics metrics,
            InstantSource clock,
            Duration drain) {
        this.deployment = deployment;
        this.settings = settings;
        this.topics = topics;
        this.creation = creation;
        this.queue = queue;
        this.parking = parking;
        this.metrics = metrics;
        this.clock = clock;
        this.drain = drain;
        this.workers = new JobWorkers(deployment, analyses, queue, progress, publisher, metrics, clock);
        this.thread = new PollThread("jobs-" + deployment, new Rounds());
        for (Lane lane : Lane.values()) {
            lag.put(lane, new AtomicLong());
            metrics.queueDepth(deployment, lane, () -> queue.size(lane));
            metrics.lag(deployment, lane, lag.get(lane)::get);
        }
    }

    public void start() {
        workers.start();
        thread.start();
    }

    public boolean alive() {
        return thread.alive() && workers.alive();
    }

    /** The model is out of service: what is in hand ends, all else is answered {@code failed: model-retired} until this is closed. */
    public void retire() {
        workers.retire();
    }

    /** Nothing waits in the topics as far as is known, and nothing is in hand here. */
    public boolean idle() {
        return workers.idle()
                && lag.values().stream().allMatch(each -> each.get() == 0)
                && Arrays.stream(Lane.values()).allMatch(lane -> queue.size(lane) == 0);
    }

    /** Drains: no more is fetched, what is in hand is finished within the bound, what ended is committed. */
    @Override
    public void close() {
        OperatorMessage.DRAINING.log("deployment", deployment);
        queue.close();
        thread.stop();
        try {
            boolean drained = thread.join(drain.plus(AFTER_DRAIN)) && workers.ended();
            (drained ? OperatorMessage.DRAINED : OperatorMessage.DRAIN_TIMEOUT).log("deployment", deployment);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.interrupt();
        thread.interrupt();
        metrics.forget(deployment);
    }

    /** What a killed process leaves behind: nothing committed, nothing finished. For tests. */
    void abandon() {
        abandoned = true;
        queue.close();
        workers.interrupt();
        thread.stop();
    }

    private void hand(Lane lane, ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        progress.received(partition, record.offset());
        try {
            AnalysisRequested job = RecordReader.job(record);
            queue.put(lane, new Job(partition, record.offset(), job, clock.instant()), job.plannedAt());
        } catch (RecordReader.Unreadable e) {
            parking.park(record, e.getMessage()).thenRun(() -> progress.done(partition, record.offset()));
        }
    }

    private Lane lane(String topic) {
        return topic.equals(topics.jobs(deployment, Lane.STAT)) ? Lane.STAT : Lane.ROUTINE;
    }

    private final class Rounds implements PollThread.Session, ConsumerRebalanceListener {
        private KafkaConsumer<byte[], byte[]> consumer;

        @Override
        public KafkaConsumer<byte[], byte[]> open() throws InterruptedException {
            creation.ensure(topics.jobs(deployment));
            // a consumer before this one may have broken: what it fetched and did not commit comes again
            progress.clear();
            queue.removeIf(job -> true);
            consumer = settings.consumer(topics.workerGroup(deployment), MOST_POLLED);
            consumer.subscribe(topics.jobs(deployment), this);
            return consumer;
        }

        @Override
        public void round(KafkaConsumer<byte[], byte[]> current) {
            for (Lane lane : Lane.values()) {
                // also for partitions that came in a rebalance since
                if (queue.isFull(lane)) {
                    current.pause(assigned(lane));
                } else if (queue.hasRoom(lane)) {
                    current.resume(assigned(lane));
                }
            }
            current.poll(current.paused().isEmpty() ? POLL : POLL_WHEN_FULL)
                    .forEach(record -> hand(lane(record.topic()), record));
            for (Lane lane : Lane.values()) {
                lag.get(lane)
                        .set(assigned(lane).stream()
                                .mapToLong(partition ->
                                        current.currentLag(partition).orElse(0))
                                .sum());
            }
            commits.due(current);
        }

        @Override
        public void leave(KafkaConsumer<byte[], byte[]> current) {
            if (abandoned) {
                return;
            }
            Instant end = clock.instant().plus(drain);
            // polls on, paused, so that the group does not take the partitions away meanwhile
            while (!workers.ended() && clock.instant().isBefore(end)) {
                current.pause(current.assignment());
                current.poll(POLL).forEach(record -> hand(lane(record.topic()), record));
                commits.now(current);
            }
            // the last outcomes may still be on their way to the broker
            commits.last(current);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // positions come from the committed offsets
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!abandoned) {
                commits.of(consumer, partitions);
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            progress.forget(partitions);
            queue.removeIf(job -> partitions.contains(job.partition()));
        }

        private Collection<TopicPartition> assigned(Lane lane) {
            return consumer.assignment().stream()
                    .filter(partition -> lane(partition.topic()) == lane)
                    .collect(Collectors.toSet());
        }
    }
}
