package io.prelim.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpansTest {
    private static final Instant START = Instant.parse("2026-11-26T14:00:00Z");

    @Test
    void eachPartOfTheWayIsOfItsRevision() {
        List<Timeline.Entry> entries = List.of(
                entry(0, 0, Fact.FIRST_INSTANCE, 0),
                entry(100, 100, Fact.LAST_INSTANCE, 1),
                entry(600, 600, Fact.ASSEMBLED, 1),
                entry(650, 700, Fact.PUBLISHED, 1),
                entry(690, 800, Fact.PLANNED, 1),
                entry(5000, 5000, Fact.LATE_INSTANCE, 2),
                entry(5300, 5300, Fact.LAST_INSTANCE, 2),
                entry(5800, 5800, Fact.ASSEMBLED, 2));

        assertThat(Spans.of(entries, 1))
                .containsExactly(
                        new Timeline.Span("receiving", 100),
                        new Timeline.Span("quiet", 500),
                        new Timeline.Span("publishing", 50),
                        new Timeline.Span("planning", 40));
        assertThat(Spans.of(entries, 2))
                .containsExactly(new Timeline.Span("receiving", 300), new Timeline.Span("quiet", 500));
    }

    @Test
    void aClockThatIsAheadMovesNothingBehindWhenItWasSeen() {
        List<Timeline.Entry> entries = List.of(entry(0, 0, Fact.PUBLISHED, 1), entry(90_000, 30, Fact.PLANNED, 1));

        assertThat(Spans.of(entries, 1)).containsExactly(new Timeline.Span("planning", 30));
    }

    private static Timeline.Entry entry(long at, long seenAt, Fact what, int revision) {
        return new Timeline.Entry(START.plusMillis(at), START.plusMillis(seenAt), what, revision, "", null, null);
    }
}
