package io.prelim.inference.intake;

import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The planner's intake: every study received is planned, plan and jobs are with the broker before the study's offset is committed. */
public final class StudyConsumer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
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

    private CompletableFuture<Void> handle(ConsumerRecord<byte[], byte[]> record) {
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

    private final class Rounds implements PollThread.Session {
        private int failures;

        @Override
        public KafkaConsumer<byte[], byte[]> open() throws InterruptedException {
            creation.ensure(needed);
            KafkaConsumer<byte[], byte[]> consumer = settings.consumer(topics.plannerGroup());
            consumer.subscribe(List.of(topics.of(Topics.STUDY_RECEIVED), topics.of(Topics.STUDY_BACKFILL)));
            return consumer;
        }

        @Override
        public void round(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (records.isEmpty()) {
                return;
            }
            List<CompletableFuture<Void>> handled = new ArrayList<>();
            records.forEach(record -> handled.add(handle(record)));
            try {
                CompletableFuture.allOf(handled.toArray(CompletableFuture[]::new))
                        .get();
                failures = 0;
            } catch (ExecutionException e) {
                again(consumer, records, e.getCause());
                return;
            }
            consumer.commitSync();
        }

        /** Some write did not reach the broker: the whole batch is planned again, to the same ids. */
        private void again(
                KafkaConsumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records, Throwable fault)
                throws InterruptedException {
            failures++;
            OperatorMessage.PLANNING_WAITS.log(
                    "failures", failures, "fault", fault.getClass().getSimpleName());
            records.partitions()
                    .forEach(partition -> consumer.seek(
                            partition, records.records(partition).get(0).offset()));
            Thread.sleep(Backoff.DEFAULT.after(failures).toMillis());
        }

        @Override
        public void leave(KafkaConsumer<byte[], byte[]> consumer) {
            // a round ends with its commit: nothing is in hand between rounds
        }
    }
}
