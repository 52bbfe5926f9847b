package io.prelim.report.store;

import io.prelim.events.EventJson;
import io.prelim.events.ReportReviewed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What readers made of drafts, for those who watch models. */
@ApplicationScoped
public class ReviewLog {
    private final EntityManager database;
    private final Event<ReviewLogged> logged;

    ReviewLog(EntityManager database, Event<ReviewLogged> logged) {
        this.database = database;
        this.logged = logged;
    }

    /**
     * Keeps a review and puts it into its outbox, in the caller's transaction.
     *
     * @return false, and nothing is done, when a review of this id is kept already
     */
    public boolean append(ReportReviewed review) {
        String event = new String(EventJson.write(review), StandardCharsets.UTF_8);
        int written = database.createNativeQuery("insert into reviews (review_id, report_key, event, reviewed_at)"
                        + " values (:review, :report, cast(:event as json), :at) on conflict do nothing")
                .setParameter("review", review.reviewId())
                .setParameter("report", review.reportKey())
                .setParameter("event", event)
                .setParameter("at", review.reviewedAt())
                .executeUpdate();
        if (written == 1) {
            database.createNativeQuery("insert into review_outbox (report_key, event, logged_at)"
                            + " values (:report, cast(:event as json), :at)")
                    .setParameter("report", review.reportKey())
                    .setParameter("event", event)
                    .setParameter("at", review.reviewedAt())
                    .executeUpdate();
            logged.fire(new ReviewLogged(review.reviewId()));
        }
        return written == 1;
    }

    /** Told to observers once the transaction that kept a review has committed. */
    public record ReviewLogged(UUID reviewId) {}
}
