package io.prelim.bench.events;

import static io.prelim.bench.options.Options.number;

import io.prelim.bench.options.Options;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What is to be measured.
 *
 * @param studies        preloaded and drained in a round of {@code path}
 * @param warmUp         drained by each subject of {@code path} before the first round
 * @param rate           studies a second offered to {@code path}
 * @param seconds        for how long they are offered
 * @param backlog        routine studies that wait
 * @param statRate       stat studies a second beside them
 * @param stat           stat studies sent in each part of {@code backlog}
 * @param deviceMillis   a run of the simulated device
 * @param deviceThreads  of the worker of {@code backlog}
 * @param jobs           drained in each part of {@code scale}
 * @param csv            where the rows go, beside the terminal; null for nowhere
 */
record Plan(
        List<Kind> runs,
        int rounds,
        int studies,
        int warmUp,
        int rate,
        int seconds,
        int backlog,
        int statRate,
        int stat,
        int deviceMillis,
        int deviceThreads,
        int jobs,
        Path csv) {
    static final Plan DEFAULT =
            new Plan(List.of(Kind.values()), 3, 10_000, 10_000, 500, 20, 10_000, 10, 400, 20, 4, 1_000, null);

    static final String HELP = """
            Measures the event path: study-received, planned, job, outcome. Broker real, each subject a process of its own.

              deploy/bench/events [options]

              --runs NAME,…        of path, backlog, scale   (default: all)
              --rounds N           of path and scale   (default: 3)
              --studies N          path: preloaded, then drained   (default: 10000)
              --warm-up N          path: drained by each subject before   (default: 10000)
              --rate N             path: studies a second offered   (default: 500)
              --seconds N          path: for how long   (default: 20)
              --backlog N          backlog: routine studies that wait   (default: 10000)
              --stat-rate N        backlog: stat studies a second   (default: 10)
              --stat N             backlog: stat studies of each part   (default: 400)
              --device-ms N        backlog, scale: a run of the simulated device   (default: 20)
              --device-threads N   backlog: of the worker   (default: 4)
              --jobs N             scale: drained in each part   (default: 1000)
              --csv FILE           the rows, beside the terminal
              --help

            path      relay: consume, produce with acks=all, commit after the send, three topics, records of the same sizes, by the
                      settings of the service's own clients; prelim: inference-service as packaged, a graph of 469 bytes in a process of
                      its own, parts over HTTP; prelim-events: the rooms of inference-service in one process, parts in memory and a
                      simulated device that takes no time, which leaves the events.
            backlog   stat with nothing waiting, while the backlog is planned, and beside it.
            scale     one worker process, two of the same deployment, another deployment alone and beside the loaded first.

            A simulated device sleeps and answers: what it says of latency is said of queues and events, not of a model.
            """;

    /** What is run. */
    enum Kind {
        PATH,
        BACKLOG,
        SCALE
    }

    static Plan parse(List<String> arguments) {
        Plan plan = DEFAULT;
        for (Map.Entry<String, String> option : Options.of(arguments).entrySet()) {
            plan = plan.with(option.getKey(), option.getValue());
        }
        return plan;
    }

    private Plan with(String option, String value) {
        if (!HELP.contains("  " + option + " ")) {
            throw Options.unknown(option);
        }
        return new Plan(
                option.equals("--runs") ? kinds(value) : runs,
                option.equals("--rounds") ? number(value, 100) : rounds,
                option.equals("--studies") ? number(value, 1_000_000) : studies,
                option.equals("--warm-up") ? number(value, 1_000_000) : warmUp,
                option.equals("--rate") ? number(value, 100_000) : rate,
                option.equals("--seconds") ? number(value, 600) : seconds,
                option.equals("--backlog") ? number(value, 1_000_000) : backlog,
                option.equals("--stat-rate") ? number(value, 10_000) : statRate,
                option.equals("--stat") ? number(value, 100_000) : stat,
                option.equals("--device-ms") ? number(value, 10_000) : deviceMillis,
                option.equals("--device-threads") ? number(value, 64) : deviceThreads,
                option.equals("--jobs") ? number(value, 1_000_000) : jobs,
                option.equals("--csv") ? Path.of(value) : csv);
    }

    private static List<Kind> kinds(String names) {
        return Arrays.stream(names.split(",", -1)).map(Plan::kind).toList();
    }

    private static Kind kind(String name) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no run \"" + name + "\""));
    }
}
