package io.prelim.ingest.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How long each part of a revision's way took. Pure. */
final class Spans {
    private static final Set<Fact> BEGIN = EnumSet.of(Fact.FIRST_INSTANCE, Fact.LATE_INSTANCE);

    private record Way(String name, Set<Fact> from, Fact to) {}

    private static final List<Way> WAYS = List.of(
            new Way("receiving", BEGIN, Fact.LAST_INSTANCE),
            new Way("quiet", EnumSet.of(Fact.LAST_INSTANCE), Fact.ASSEMBLED),
            new Way("publishing", EnumSet.of(Fact.ASSEMBLED), Fact.PUBLISHED),
            new Way("planning", EnumSet.of(Fact.PUBLISHED), Fact.PLANNED),
            new Way("analysing", EnumSet.of(Fact.PLANNED), Fact.ANALYZED),
            new Way("drafting", EnumSet.of(Fact.ANALYZED), Fact.DRAFTED),
            new Way("total", BEGIN, Fact.DRAFTED));

    private Spans() {}

    /** @param entries in the order in which it happened */
    static List<Timeline.Span> of(List<Timeline.Entry> entries, int revision) {
        List<Timeline.Span> spans = new ArrayList<>();
        for (Way way : WAYS) {
            Optional<Timeline.Entry> from = first(entries, revision, way.from());
            Optional<Timeline.Entry> to = first(entries, revision, EnumSet.of(way.to()));
            if (from.isPresent() && to.isPresent()) {
                spans.add(new Timeline.Span(
                        way.name(),
                        Duration.between(from.get().placedAt(), to.get().placedAt())
                                .toMillis()));
            }
        }
        return spans;
    }

    /** What came before the first revision belongs to it. */
    private static Optional<Timeline.Entry> first(List<Timeline.Entry> entries, int revision, Set<Fact> facts) {
        return entries.stream()
                .filter(entry -> facts.contains(entry.what()))
                .filter(entry -> entry.revision() == revision || (entry.revision() == 0 && revision == 1))
                .findFirst();
    }
}
