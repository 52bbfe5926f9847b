package io.prelim.bench.events;

import io.prelim.bench.load.Batch;
import io.prelim.bench.load.Load;
import io.prelim.bench.load.Outcomes;
import io.prelim.bench.load.Row;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.Priority;
import io.prelim.events.Topics;
import io.prelim.inference.lane.Lane;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.plan.Planner;
import io.prelim.inference.publish.TopicCreation;
import io.prelim.inference.publish.TopicNames;
import io.prelim.local.stack.Backing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Jobs drained by one worker process, by two of the same deployment, and by another deployment's alone and beside the loaded first.
 * Timed from before the first is written until the last is answered, by processes that have drained some before.
 */
final class ScaleRun implements AutoCloseable {
    static final String RUN = "scale";

    private static final String PREFIX = "scale.";
    private static final int THREADS = 2;
    /** A multiple of the workers: each gets as many. */
    private static final int PARTITIONS = 4;

    private final Bench bench;
    private final TopicNames topics = new TopicNames(PREFIX);
    private final Load load;
    private final Groups groups;
    private final Outcomes outcomes;
    private final Deployment first;
    private final Deployment second;
    private final List<Child> workers = new ArrayList<>();

    private ScaleRun(Bench bench) throws Exception {
        this.bench = bench;
        first = bench.model("first");
        second = bench.model("second");
        new Backing(bench.bootstrap(), PREFIX, null, null).createTopics();
        TopicCreation creation = new TopicCreation(Map.of("bootstrap.servers", bench.bootstrap()), PARTITIONS);
        creation.ensure(topics.jobs(first.name()));
        creation.ensure(topics.jobs(second.name()));
        load = new Load(bench.bootstrap());
        groups = new Groups(bench.bootstrap());
        outcomes = new Outcomes(bench.bootstrap(), PREFIX + Topics.STUDY_ANALYZED);
    }

    static void run(Bench bench) throws Exception {
        try (ScaleRun run = new ScaleRun(bench)) {
            run.measure();
        }
    }

    private void measure() throws Exception {
        worker(first, 1);
        worker(second, 1);
        int jobs = bench.plan().jobs();
        for (Deployment each : List.of(first, second)) {
            preload(each, jobs / 2).await(Bench.LIMIT);
        }
        for (int round = 1; round <= bench.plan().rounds(); round++) {
            drain(round, "first model", "1 worker", first, jobs);
            drain(round, "second model", "alone", second, jobs);
            Batch beside = preload(first, 2 * jobs);
            drain(round, "second model", "beside the first", second, jobs);
            beside.await(Bench.LIMIT);
            try (Child another = worker(first, 2)) {
                // as warm as the others were
                preload(first, jobs).await(Bench.LIMIT);
                drain(round, "first model", "2 workers", first, jobs);
                workers.remove(another);
            }
            groups.awaitMembers(topics.workerGroup(first.name()), 1);
        }
    }

    private void drain(int round, String who, String part, Deployment deployment, int jobs) throws Exception {
        double cpu = cpu();
        long start = System.nanoTime();
        Batch batch = preload(deployment, jobs);
        double seconds = (batch.await(Bench.LIMIT) - start) / 1e9;
        bench.add(Row.of(RUN, round, who, part, seconds, cpu() - cpu, batch.millis()));
    }

    private Batch preload(Deployment deployment, int jobs) throws Exception {
        Batch batch = new Batch();
        Planner planner = Bench.planner(deployment);
        load.spread(
                topics.jobs(deployment.name(), Lane.ROUTINE),
                PARTITIONS,
                jobs,
                index -> job(planner, index),
                outcomes,
                batch);
        return batch;
    }

    private AnalysisRequested job(Planner planner, int index) {
        return planner.plan(bench.studies().study(index, Priority.ROUTINE), Instant.now())
                .jobs()
                .get(0);
    }

    private Child worker(Deployment deployment, int members) throws Exception {
        Child worker = bench.rooms(
                PREFIX, deployment, PARTITIONS, false, THREADS, bench.plan().deviceMillis());
        workers.add(worker);
        groups.awaitMembers(topics.workerGroup(deployment.name()), members);
        return worker;
    }

    private double cpu() {
        return workers.stream().mapToDouble(each -> Child.cpu(each.handle())).sum();
    }

    @Override
    public void close() throws Exception {
        for (Child worker : workers) {
            worker.close();
        }
        outcomes.close();
        groups.close();
        load.close();
    }
}
