package io.prelim.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.ModelRole;
import io.prelim.events.Priority;
import io.prelim.events.StudyAnalyzed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimelineTextTest {
    private static final Instant NOW = Instant.parse("2026-11-27T00:00:10.500Z");

    @Test
    void aStudyOnItsWayIsReadableOnATerminal() {
        Timeline timeline = new Timeline(
                new UUID(1, 2),
                "2.25.1",
                NOW,
                Stage.PLANNED,
                1,
                3,
                Priority.STAT,
                List.of(
                        new Wait(
                                Wait.For.ANSWERS, 1, NOW.minusSeconds(3), NOW.plusSeconds(12), "models: 1 of 2", false),
                        new Wait(Wait.For.REPORT, 1, NOW.minusSeconds(300), NOW.minusSeconds(1), "told again", true)),
                List.of(
                        new Timeline.Model("bone", ModelRole.ACTIVE, NOW.plusSeconds(12), null, null, false),
                        new Timeline.Model("chest", ModelRole.ACTIVE, NOW, StudyAnalyzed.Status.FAILED, NOW, false),
                        new Timeline.Model("hand", ModelRole.SHADOW, NOW.minusSeconds(1), null, null, true)),
                List.of(new Timeline.Span("receiving", 1500)),
                7,
                List.of(
                        entry("2026-11-26T23:59:59.250Z", Fact.FIRST_INSTANCE, 0, "first\u001b[31m instance", null),
                        entry("2026-11-27T00:00:00.750Z", Fact.ASSEMBLED, 1, "images: 3", 1500L)));

        assertThat(TimelineText.of(timeline).lines())
                .containsExactly(
                        "study 2.25.1",
                        "key   00000000-0000-0001-0000-000000000002",
                        "stage PLANNED, revision 1, instances 3, STAT",
                        "now   2026-11-27T00:00:10Z",
                        "waits for ANSWERS since 2026-11-27T00:00:07Z (3.000 s), by 2026-11-27T00:00:22Z (in 12.000 s):"
                                + " models: 1 of 2",
                        "STANDS STILL, waits for REPORT since 2026-11-26T23:55:10Z (300.000 s), by 2026-11-27T00:00:09Z"
                                + " (overdue for 1.000 s): told again",
                        "model bone active: waited for until 2026-11-27T00:00:22Z",
                        "model chest active: FAILED at 2026-11-27T00:00:10Z",
                        "model hand shadow: no answer by 2026-11-27T00:00:09Z",
                        "",
                        "older entries left out: 7",
                        "",
                        "2026-11-26 UTC",
                        "23:59:59.250                    FIRST_INSTANCE first [31m instance",
                        "",
                        "2026-11-27 UTC",
                        "00:00:00.750     +1.500 s  r1   ASSEMBLED      images: 3",
                        "",
                        "receiving        1.500 s");
    }

    private static Timeline.Entry entry(String at, Fact what, int revision, String detail, Long afterMs) {
        return new Timeline.Entry(Instant.parse(at), null, what, revision, detail, afterMs, null);
    }
}
