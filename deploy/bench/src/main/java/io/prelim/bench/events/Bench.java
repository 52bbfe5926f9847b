package io.prelim.bench.events;

import io.prelim.bench.load.Row;
import io.prelim.inference.model.Catalogue;
import io.prelim.inference.model.Deployment;
import io.prelim.inference.model.PackageReader;
import io.prelim.inference.plan.Planner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the runs share.
 *
 * @param root      the project's folder, built
 * @param directory of this measurement, gone afterwards
 * @param rows      those measured so far
 */
record Bench(Plan plan, Path root, Path directory, String bootstrap, TinyStudies studies, List<Row> rows) {
    static final Duration LIMIT = Duration.ofMinutes(4);

    Bench(Plan plan, Path root, Path directory, String bootstrap) {
        this(plan, root, directory, bootstrap, new TinyStudies(), new ArrayList<>());
    }

    void add(Row row) {
        rows.add(row);
        say(row.csv());
    }

    static void say(String text) {
        System.err.println(text);
    }

    /** A package of the tiny model, of that id. */
    Deployment model(String id) throws Exception {
        return new Deployment(
                PackageReader.read(TinyModel.write(root, directory.resolve("models"), id)), false, Optional.empty());
    }

    static Planner planner(Deployment deployment) {
        return new Planner(new Catalogue(List.of(deployment), List.of()), Duration.ofMinutes(5));
    }

    /** The rooms of inference-service with a simulated device. */
    Child rooms(String prefix, Deployment deployment, int partitions, boolean planner, int threads, int deviceMillis)
            throws Exception {
        return Child.start(
                Rooms.class,
                directory.resolve("rooms.log"),
                List.of(
                        "--bootstrap",
                        bootstrap,
                        "--prefix",
                        prefix,
                        "--package",
                        directory
                                .resolve("models")
                                .resolve(deployment.modelPackage().manifest().id())
                                .toString(),
                        "--partitions",
                        Integer.toString(partitions),
                        "--planner",
                        Boolean.toString(planner),
                        "--threads",
                        Integer.toString(threads),
                        "--device-ms",
                        Integer.toString(deviceMillis)));
    }
}
