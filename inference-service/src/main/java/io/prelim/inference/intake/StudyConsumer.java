package io.prelim.inference.intake;

import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.inference.lane.LaneCredits;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.metrics.InferenceMetrics;
import io.prelim.inference.plan.Plan;
import io.prelim.inference.plan.Planner;
import io.prelim.inference.publish.Parking;
import io.prelim.inference.publish.PlanPublisher;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import io.prelim.inference.retry.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The planner's intake: every study received is planned, plan and jobs are with the broker before the study's offset is committed. One
 * topic holds studies of both priorities: it is read ahead of what is planned, and stat is planned before the routine ones in front of it.
 */
public final class StudyConsumer implements AutoCloseable {
    /** Records of one poll. */
    public static final int MOST_POLLED = 500;

    /** How far is read ahead. */
    private static final int MOST_READ = 16_384;

    private static final long MOST_READ_BYTES = 32L << 20;

    /** Planned between two polls. A stat study that has just come waits for them. */
    private static final int SLICE = 16;

    /** Studies whose writes are under way, half of them routine at most: a stat study's come behind them. */
    private static final int MOST_SENT = 128;

    private static final Duration POLL = Duration.ofMillis(500);

    /** While there is something to plan: a poll that finds nothing holds it up. */
    private static final Duration POLL_BESIDE = Duration.ofMillis(1);

    /** While writes are waited for. */
    private static final Duration POLL_BEHIND = Duration.ofMillis(5);

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final PollThread thread = new PollThread("planner", new Rounds());
    private final ConsumerSettings settings;
    private final TopicNames topics;
    private final TopicCreation creation;
    private final Collection<String> needed;
    private final Supplier<Planner> planner;
    private final PlanPublisher publisher;
    private final Parking parking;
    private final InferenceMetrics metrics;
    private final InstantSource clock;
    private final Progress progress = new Progress();
    private final Commits commits = new Commits(progress);
    private final ReadAhead waiting;
    private volatile boolean abandoned;

    /**
     * @param needed  topics that must exist before the first study is planned
     * @param planner asked for each study: models come and go
     */
    public StudyConsumer(
            ConsumerSettings settings,
            TopicNames topics,
            TopicCreation creation,
            Collection<String> needed,
            Supplier<Planner> planner,
            PlanPublisher publisher,
            Parking parking,
            LaneCredits credits,
            InferenceMetrics metrics,
            InstantSource clock) {
        this.settings = settings;
        this.topics = topics;
        this.creation = creation;
        this.needed = List.copyOf(needed);
        this.planner = planner;
        this.publisher = publisher;
        this.parking = parking;
        this.metrics = metrics;
        this.clock = clock;
        this.waiting = new ReadAhead(MOST_READ, MOST_READ_BYTES, credits);
    }

    public void start() {
        thread.start();
    }

    public boolean alive() {
        return thread.alive();
    }

    @Override
    public void close() {
        thread.stop();
        try {
            if (!thread.join(CLOSE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a killed process leaves behind: what was not committed comes again. For tests. */
    void abandon() {
        abandoned = true;
        thread.stop();
    }

    private CompletableFuture<Void> plan(ConsumerRecord<byte[], byte[]> record) {
        StudyReceived study;
        try {
            study = RecordReader.study(record);
        } catch (RecordReader.Unreadable e) {
            return parking.park(record, e.getMessage());
        }
        Plan plan = planner.get().plan(study, clock.instant());
        return publisher.publish(plan).thenRun(() -> {
            metrics.planned(
                    plan.planned().planned().size(), plan.planned().declined().size());
            OperatorMessage.STUDY_PLANNED.log(
                    "study", study.studyKey(),
                    "revision", study.revision(),
                    "plan", plan.planned().planId(),
                    "planned", plan.planned().planned().size(),
                    "declined", plan.planned().declined().size());
        });
    }

    /** Planned; its writes may be under way. */
    private record Sent(Received received, CompletableFuture<Void> written) {}

    private final class Rounds implements PollThread.Session, ConsumerRebalanceListener {
        /** In the order in which they were planned. */
        private Deque<Sent> sent = new ArrayDeque<>();

        private KafkaConsumer<byte[], byte[]> consumer;
        private int failures;

        @Override
        public KafkaConsumer<byte[], byte[]> open() throws InterruptedException {
            creation.ensure(needed);
            // a consumer before this one may have broken: what it read and did not commit comes again
            progress.clear();
            waiting.clear();
            sent.clear();
            consumer = settings.consumer(topics.plannerGroup(), MOST_POLLED);
            consumer.subscribe(List.of(topics.of(Topics.STUDY_RECEIVED), topics.of(Topics.STUDY_BACKFILL)), this);
            return consumer;
        }

        @Override
        public void round(KafkaConsumer<byte[], byte[]> current) throws InterruptedException {
            if (waiting.isFull()) {
                // also partitions that came in a rebalance since
                current.pause(current.assignment());
            } else if (waiting.hasRoom()) {
                current.resume(current.paused());
            }
            ConsumerRecords<byte[], byte[]> records = current.poll(patience());
            records.forEach(this::read);
            if (!settled()) {
                again();
                return;
            }
            // where there is more to read, a stat study may be in it
            boolean more = records.count() == MOST_POLLED && !waiting.isFull();
            int room = Math.min(SLICE, MOST_SENT - sent.size());
            waiting.take(room, !more && routineMaySend()).forEach(this::write);
            if (sent.isEmpty()) {
                commits.now(current);
            } else {
                commits.due(current);
            }
        }

        @Override
        public void leave(KafkaConsumer<byte[], byte[]> current) throws InterruptedException {
            if (!abandoned) {
                awaitSent();
                settled();
                commits.last(current);
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // positions come from the committed offsets
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                if (!abandoned && !partitions.isEmpty()) {
                    // what is under way must not come behind what the next owner writes
                    awaitSent();
                    settled();
                    commits.of(consumer, partitions);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            progress.forget(partitions);
            waiting.forget(partitions);
            sent.removeIf(each -> partitions.contains(each.received().partition()));
        }

        private boolean routineMaySend() {
            return sent.size() < MOST_SENT / 2;
        }

        private Duration patience() {
            if (waiting.isEmpty() && sent.isEmpty()) {
                return POLL;
            }
            return !waiting.isEmpty() && routineMaySend() ? POLL_BESIDE : POLL_BEHIND;
        }

        private void read(ConsumerRecord<byte[], byte[]> record) {
            Received received = new Received(record, RecordReader.isStat(record));
            progress.received(received.partition(), received.offset());
            waiting.add(received);
        }

        private void write(Received received) {
            Sent last = sent.peekLast();
            // behind one that failed already each could wait as long in vain
            boolean fails = last != null && last.written().isCompletedExceptionally();
            sent.addLast(new Sent(received, fails ? last.written() : plan(received.record())));
        }

        /** Ends those that are with the broker. False if the writes of one did not reach it. */
        private boolean settled() {
            while (!sent.isEmpty() && sent.getFirst().written().isDone()) {
                if (sent.getFirst().written().isCompletedExceptionally()) {
                    return false;
                }
                Received received = sent.removeFirst().received();
                progress.done(received.partition(), received.offset());
                failures = 0;
            }
            return true;
        }

        private void awaitSent() throws InterruptedException {
            try {
                CompletableFuture.allOf(sent.stream().map(Sent::written).toArray(CompletableFuture[]::new))
                        .get();
            } catch (ExecutionException e) {
                // seen by settled
            }
        }

        /** The first that failed and all behind it are planned once more, in the same order, to the same ids. */
        private void again() throws InterruptedException {
            awaitSent();
            failures++;
            OperatorMessage.PLANNING_WAITS.log("failures", failures, "fault", fault(sent.getFirst()));
            Thread.sleep(Backoff.DEFAULT.after(failures).toMillis());
            Deque<Sent> before = sent;
            sent = new ArrayDeque<>();
            before.forEach(each -> write(each.received()));
        }

        private static String fault(Sent failed) throws InterruptedException {
            try {
                failed.written().get();
                return "none";
            } catch (ExecutionException e) {
                return e.getCause().getClass().getSimpleName();
            }
        }
    }
}
