package io.prelim.chaos;

import io.prelim.chaos.check.Evidence;
import io.prelim.chaos.check.Invariant;
import io.prelim.chaos.check.Violation;
import io.prelim.chaos.send.Answer;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run is told as, for people. */
final class Summary {
    private static final int MOST_SHOWN = 8;

    private Summary() {}

    private static void footprints(String when, List<Evidence.Footprint> all, PrintStream out) {
        out.printf(
                "%-9s %s%n",
                when,
                all.stream()
                        .map(one -> one.service() + " " + one.threads() + " threads, " + one.handles() + " handles, "
                                + one.heapMebibytes() + " MiB live")
                        .collect(Collectors.joining("; ")));
    }

    static void print(Verdict verdict, PrintStream out) {
        out.printf("%nseed %d%n%n%-26s %9s %6s%n", verdict.seed(), "fault", "happened", "not");
        Map<String, int[]> counts = new TreeMap<>();
        for (Applied one : verdict.applied()) {
            counts.computeIfAbsent(one.fault().label(), key -> new int[2])[one.happened() ? 0 : 1]++;
        }
        counts.forEach((label, count) -> out.printf("%-26s %9d %6d%n", label, count[0], count[1]));
        long stored = verdict.evidence().sent().stream()
                .filter(sent -> sent.answer() instanceof Answer.Stored)
                .count();
        out.printf(
                "%nprocesses killed %d; studies %d, objects stored %d of %d sent, versions of reports %d;"
                        + " accepted again after at most %d ms%n%n",
                verdict.kills(),
                verdict.evidence().studies().size(),
                stored,
                verdict.evidence().sent().size(),
                verdict.evidence().versions().size(),
                verdict.acceptedAfterMillis());
        footprints("at first", verdict.evidence().atFirst(), out);
        footprints("at last", verdict.evidence().atLast(), out);
        out.println();
        for (Invariant invariant : Invariant.values()) {
            var broken = verdict.violations().stream()
                    .filter(violation -> violation.invariant() == invariant)
                    .toList();
            out.printf("%-8s %s%n", broken.isEmpty() ? "holds" : "BROKEN", invariant.words());
            broken.stream()
                    .limit(MOST_SHOWN)
                    .map(Violation::detail)
                    .forEach(detail -> out.println("           " + detail));
            if (broken.size() > MOST_SHOWN) {
                out.println("           and " + (broken.size() - MOST_SHOWN) + " more");
            }
        }
    }
}
