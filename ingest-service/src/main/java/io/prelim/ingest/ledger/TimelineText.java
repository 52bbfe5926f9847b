package io.prelim.ingest.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A timeline for a terminal: one line an entry, times in UTC, each with the time after the one before. Pure. */
public final class TimelineText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private TimelineText() {}

    public static String of(Timeline timeline) {
        StringBuilder text = new StringBuilder();
        text.append("study ").append(timeline.studyInstanceUid()).append('\n');
        text.append("key   ").append(timeline.studyKey()).append('\n');
        text.append("stage ").append(timeline.stage());
        text.append(", revision ").append(timeline.revision());
        text.append(", instances ").append(timeline.instances());
        text.append(", ").append(timeline.priority()).append('\n');
        text.append("now   ").append(whole(timeline.asOf())).append('\n');
        timeline.waitingFor().forEach(wait -> wait(text, wait, timeline.asOf()));
        if (timeline.waitingFor().isEmpty()) {
            text.append("waits for nothing\n");
        }
        timeline.models().forEach(model -> model(text, model));
        entries(text, timeline);
        text.append('\n');
        timeline.spans()
                .forEach(span -> text.append(String.format(Locale.ROOT, "%-12s%12s%n", span.name(), ms(span.ms()))));
        return text.toString();
    }

    private static void wait(StringBuilder text, Wait wait, Instant now) {
        text.append(wait.standingStill() ? "STANDS STILL, waits for " : "waits for ")
                .append(wait.what())
                .append(" since ")
                .append(whole(wait.since()))
                .append(" (")
                .append(distance(wait.since(), now))
                .append(')');
        if (wait.by() != null) {
            text.append(", by ").append(whole(wait.by()));
            text.append(wait.by().isAfter(now) ? " (in " : " (overdue for ")
                    .append(distance(wait.by(), now))
                    .append(')');
        }
        text.append(": ").append(wait.next()).append('\n');
    }

    private static void model(StringBuilder text, Timeline.Model model) {
        text.append("model ")
                .append(line(model.deployment()))
                .append(' ')
                .append(model.role().name().toLowerCase(Locale.ROOT));
        if (model.answeredAt() != null) {
            text.append(": ").append(model.status()).append(" at ").append(whole(model.answeredAt()));
        } else {
            text.append(model.overdue() ? ": no answer by " : ": waited for until ")
                    .append(whole(model.deadline()));
        }
        text.append('\n');
    }

    private static void entries(StringBuilder text, Timeline timeline) {
        if (timeline.leftOut() > 0) {
            text.append("\nolder entries left out: ").append(timeline.leftOut()).append('\n');
        }
        LocalDate day = null;
        for (Timeline.Entry entry : timeline.entries()) {
            LocalDate its = entry.placedAt().atOffset(ZoneOffset.UTC).toLocalDate();
            if (!its.equals(day)) {
                text.append('\n').append(its).append(" UTC\n");
                day = its;
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%s %12s  %s %-14s %s%n",
                    TIME.format(entry.placedAt()),
                    entry.afterMs() == null ? "" : "+" + ms(entry.afterMs()),
                    entry.revision() == 0 ? "    " : String.format(Locale.ROOT, "r%-3d", entry.revision()),
                    entry.what(),
                    line(entry.detail())));
        }
    }

    private static String distance(Instant one, Instant other) {
        return ms(Math.abs(Duration.between(one, other).toMillis()));
    }

    private static String ms(long ms) {
        return String.format(Locale.ROOT, "%.3f s", ms / 1000.0);
    }

    private static String whole(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String line(String text) {
        return Wording.line(text, Wording.LONGEST);
    }
}
