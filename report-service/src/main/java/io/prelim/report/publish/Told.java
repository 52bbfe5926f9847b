package io.prelim.report.publish;

import io.prelim.events.CloudEvent;
import io.prelim.events.EventJson;
import io.prelim.events.Ids;
import io.prelim.events.ReportChanged;
import io.prelim.events.ReportReviewed;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.store.Outbox;
import java.nio.charset.StandardCharsets;

/** Makes of a row of an outbox the event that is sent; a re-send has the same id. */
@FunctionalInterface
interface Told {
    CloudEvent event(Outbox.Row row) throws UnreadableEvent;

    /** Of {@link Outbox.Of#CHANGES}. */
    static CloudEvent change(Outbox.Row row) throws UnreadableEvent {
        ReportChanged change = EventJson.read(row.event().getBytes(StandardCharsets.UTF_8), ReportChanged.class);
        return CloudEvent.of(Ids.change(change.reportKey(), change.version()), "report", change.changedAt(), change);
    }

    /** Of {@link Outbox.Of#REVIEWS}. */
    static CloudEvent review(Outbox.Row row) throws UnreadableEvent {
        ReportReviewed review = EventJson.read(row.event().getBytes(StandardCharsets.UTF_8), ReportReviewed.class);
        return CloudEvent.of(
                Ids.v5("report-reviewed", review.reviewId().toString()), "report", review.reviewedAt(), review);
    }
}
