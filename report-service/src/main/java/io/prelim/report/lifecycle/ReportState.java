package io.prelim.report.lifecycle;

import io.prelim.events.ReportChanged.Status;
import io.prelim.report.lifecycle.Move.Refused;
import java.util.UUID;

/** Where a report stands. A state's methods are the moves that are legal from it. */
public sealed interface ReportState permits ReportState.Awaited, ReportState.Drafting, ReportState.Settled, Frozen {
    /**
     * What a draft is offered with. {@code digest} is of its content: equal content, equal digest.
     *
     * @param signedOutside whether something was signed of the study in the reporting system
     */
    record Offer(int revision, UUID planId, boolean settled, String digest, boolean signedOutside) {
        public Offer(int revision, UUID planId, boolean settled, String digest) {
            this(revision, planId, settled, digest, false);
        }
    }

    /** Whose words the next version has. */
    enum Words {
        /** Those that the facts deserve. */
        OF_FACTS,
        /** Those of this version, with what the facts would say otherwise as proposals. */
        PROPOSE,
        /** Those of this version, with what models say otherwise as discrepancies. */
        DISCREPANCIES
    }

    /** The last version written; 0 before the first. Versions have no gaps. */
    int version();

    /** Whether every planned answer is in, or overdue. */
    boolean settled();

    /** Where its own words stand; {@code SIGNED} and after only by a signature here. */
    Status status();

    /** Who has it before them; null for nobody. */
    default Claim claim() {
        return null;
    }

    /** Whose words the next version has, once something was signed outside or not. */
    Words words(boolean signedOutside);

    /** What becomes of a draft that is offered now. */
    Move revise(Offer offer);

    /** What becomes of what a reader asks for. */
    Move ask(Command command);

    /** Facts came, but no plan yet: nothing can be said. */
    record Awaited() implements ReportState {
        @Override
        public int version() {
            return 0;
        }

        @Override
        public boolean settled() {
            return false;
        }

        @Override
        public Status status() {
            return Status.DRAFT;
        }

        @Override
        public Words words(boolean signedOutside) {
            return Words.OF_FACTS;
        }

        @Override
        public Move revise(Offer offer) {
            return new Move.Write(drafted(0, offer));
        }

        @Override
        public Move ask(Command command) {
            return Refused.NO_DRAFT;
        }
    }

    /** A draft that still grows: at least one planned answer is out and not overdue. */
    record Drafting(int version, int revision, UUID planId, String digest) implements ReportState {
        @Override
        public boolean settled() {
            return false;
        }

        @Override
        public Status status() {
            return Status.DRAFT;
        }

        @Override
        public Words words(boolean signedOutside) {
            return signedOutside ? Words.DISCREPANCIES : Words.OF_FACTS;
        }

        @Override
        public Move revise(Offer offer) {
            if (offer.revision() < revision) {
                return Move.Keep.LOWER_REVISION;
            }
            return offer.digest().equals(digest) ? Move.Keep.SAME_CONTENT : new Move.Write(drafted(version, offer));
        }

        @Override
        public Move ask(Command command) {
            return unclaimed(command, new Content(version, revision, planId, false, digest));
        }
    }

    /**
     * Every planned answer is in or overdue. A late answer amends it; only another plan of the same or a higher revision opens it
     * again.
     */
    record Settled(int version, int revision, UUID planId, String digest) implements ReportState {
        @Override
        public boolean settled() {
            return true;
        }

        @Override
        public Status status() {
            return Status.DRAFT;
        }

        @Override
        public Words words(boolean signedOutside) {
            return signedOutside ? Words.DISCREPANCIES : Words.OF_FACTS;
        }

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
            return new Move.Write(drafted(version, offer));
        }

        @Override
        public Move ask(Command command) {
            return unclaimed(command, new Content(version, revision, planId, true, digest));
        }
    }

    /** The state of the version after, when it says what the facts deserve. */
    static ReportState drafted(int version, Offer offer) {
        if (offer.signedOutside()) {
            return new Frozen.SignedOutside(
                    new Content(version + 1, offer.revision(), offer.planId(), offer.settled(), offer.digest()), false);
        }
        return offer.settled()
                ? new Settled(version + 1, offer.revision(), offer.planId(), offer.digest())
                : new Drafting(version + 1, offer.revision(), offer.planId(), offer.digest());
    }

    private static Move unclaimed(Command command, Content content) {
        Refused refused = Frozen.refused(command);
        if (refused != null) {
            return refused;
        }
        return switch (command.act()) {
            case CLAIM -> new Move.Write(new Frozen.Claimed(content.next(), new Claim(command.by(), command.at())));
            case RELEASE, REVIEW -> Refused.NOT_CLAIMED;
            case SIGN -> Refused.NOT_REVIEWED;
            case ADDEND, CORRECT, RETRACT -> Refused.NOT_SIGNED;
        };
    }
}
