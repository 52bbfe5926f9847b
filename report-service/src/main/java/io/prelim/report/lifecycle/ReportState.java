package io.prelim.report.lifecycle;

import java.util.UUID;

/** Where a report stands. A state's methods are the moves that are legal from it. */
public sealed interface ReportState {
    /** What a draft is offered with. {@code digest} is of its content: equal content, equal digest. */
    record Offer(int revision, UUID planId, boolean settled, String digest) {}

    /** The last version written; 0 before the first. Versions have no gaps. */
    int version();

    /** What becomes of a draft that is offered now. */
    Move revise(Offer offer);

    /** Facts came, but no plan yet: nothing can be said. */
    record Awaited() implements ReportState {
        @Override
        public int version() {
            return 0;
        }

        @Override
        public Move revise(Offer offer) {
            return new Move.Write(after(0, offer));
        }
    }

    /** A draft that still grows: at least one planned answer is out and not overdue. */
    record Drafting(int version, int revision, UUID planId, String digest) implements ReportState {
        @Override
        public Move revise(Offer offer) {
            if (offer.revision() < revision) {
                return Move.Keep.LOWER_REVISION;
            }
            return offer.digest().equals(digest) ? Move.Keep.SAME_CONTENT : new Move.Write(after(version, offer));
        }
    }

    /**
     * Every planned answer is in or overdue. A late answer amends it; only another plan of the same or a higher revision opens it
     * again.
     */
    record Settled(int version, int revision, UUID planId, String digest) implements ReportState {
        @Override
        public Move revise(Offer offer) {
            if (offer.revision() < revision) {
                return Move.Keep.LOWER_REVISION;
            }
            if (offer.digest().equals(digest)) {
                return Move.Keep.SAME_CONTENT;
            }
            if (!offer.settled() && offer.planId().equals(planId)) {
                return Move.Keep.ALREADY_SETTLED;
            }
            return new Move.Write(after(version, offer));
        }
    }

    private static ReportState after(int version, Offer offer) {
        return offer.settled()
                ? new Settled(version + 1, offer.revision(), offer.planId(), offer.digest())
                : new Drafting(version + 1, offer.revision(), offer.planId(), offer.digest());
    }
}
