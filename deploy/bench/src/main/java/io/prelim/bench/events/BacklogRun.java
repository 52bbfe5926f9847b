package io.prelim.bench.events;

import io.prelim.bench.load.Batch;
import io.prelim.bench.load.Load;
import io.prelim.bench.load.Outcomes;
import io.prelim.bench.load.Row;
import io.prelim.events.Priority;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.inference.publish.TopicNames;
import io.prelim.local.stack.Backing;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Stat studies with nothing waiting, while a backlog of routine studies is planned, and beside it once it is. */
final class BacklogRun implements AutoCloseable {
    static final String RUN = "backlog";

    private static final String PREFIX = "backlog.";
    private static final int PARTITIONS = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Bench bench;
    private final Load load;
    private final Groups groups;
    private final String input = PREFIX + Topics.STUDY_RECEIVED;
    private final Outcomes outcomes;
    private final Child rooms;

    private BacklogRun(Bench bench) throws Exception {
        this.bench = bench;
        new Backing(bench.bootstrap(), PREFIX, null, null).createTopics();
        load = new Load(bench.bootstrap());
        groups = new Groups(bench.bootstrap());
        outcomes = new Outcomes(bench.bootstrap(), PREFIX + Topics.STUDY_ANALYZED);
        rooms = bench.rooms(
                PREFIX,
                bench.model("backlog"),
                PARTITIONS,
                true,
                bench.plan().deviceThreads(),
                bench.plan().deviceMillis());
    }

    static void run(Bench bench) throws Exception {
        try (BacklogRun run = new BacklogRun(bench)) {
            run.measure();
        }
    }

    private void measure() throws Exception {
        Plan plan = bench.plan();
        Batch warm = new Batch();
        load.preload(input, 10 * plan.stat(), this::stat, outcomes, warm);
        warm.await(Bench.LIMIT);
        bench.add(stat("stat", "idle", () -> false));

        Batch backlog = new Batch();
        long start = System.nanoTime();
        double cpu = Child.cpu(rooms.handle());
        load.preload(input, plan.backlog(), this::routine, outcomes, backlog);
        // asked beside the sender: what it asks of the broker takes as long as some studies are apart
        CompletableFuture<Void> planned = CompletableFuture.runAsync(this::awaitPlanned);
        bench.add(stat("stat", "backlog being planned", planned::isDone));
        planned.get();
        bench.add(stat("stat", "beside the backlog", () -> false));
        long end = backlog.await(Bench.LIMIT);
        bench.add(Row.of(
                RUN, 1, "routine", "backlog", (end - start) / 1e9, Child.cpu(rooms.handle()) - cpu, backlog.millis()));
    }

    private Row stat(String who, String part, BooleanSupplier until) throws Exception {
        Batch batch = new Batch();
        double cpu = Child.cpu(rooms.handle());
        long start = System.nanoTime();
        load.paced(input, bench.plan().statRate(), bench.plan().stat(), this::stat, outcomes, batch, until);
        double seconds = (batch.await(Bench.LIMIT) - start) / 1e9;
        return Row.of(RUN, 1, who, part, seconds, Child.cpu(rooms.handle()) - cpu, batch.millis());
    }

    /** Until all that was sent is in the job topics. */
    private void awaitPlanned() {
        String group = new TopicNames(PREFIX).plannerGroup();
        while (groups.lag(group, input) > bench.plan().statRate()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private StudyReceived stat(int index) {
        return bench.studies().study(index, Priority.STAT);
    }

    private StudyReceived routine(int index) {
        return bench.studies().study(index, Priority.ROUTINE);
    }

    @Override
    public void close() throws Exception {
        rooms.close();
        outcomes.close();
        groups.close();
        load.close();
    }
}
