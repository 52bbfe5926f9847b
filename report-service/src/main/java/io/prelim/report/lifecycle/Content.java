package io.prelim.report.lifecycle;

import io.prelim.report.lifecycle.ReportState.Offer;
import java.util.UUID;
import java.util.function.Function;

/**
 * The version a report with frozen words is at.
 *
 * @param version  1 or more
 * @param revision of the study, whose facts are attached
 * @param settled  every planned answer is in, or overdue
 */
public record Content(int version, int revision, UUID planId, boolean settled, String digest) {
    /** The version after this; what it holds is digested once it is made. */
    Content next() {
        return new Content(version + 1, revision, planId, settled, digest);
    }

    /** The words stay; whether the facts are told. */
    Move attach(Offer offer, Function<Content, ReportState> state) {
        if (offer.revision() < revision) {
            return Move.Keep.LOWER_REVISION;
        }
        if (offer.digest().equals(digest)) {
            return Move.Keep.SAME_CONTENT;
        }
        if (settled && !offer.settled() && offer.planId().equals(planId)) {
            return Move.Keep.ALREADY_SETTLED;
        }
        return new Move.Write(state.apply(
                new Content(version + 1, offer.revision(), offer.planId(), offer.settled(), offer.digest())));
    }
}
