package io.prelim.report.lifecycle;

import io.prelim.events.ReportChanged.Status;
import io.prelim.report.lifecycle.Command.Act;
import io.prelim.report.lifecycle.Move.Refused;

/** Words stay as they are; facts are attached. */
public sealed interface Frozen extends ReportState {
    Content content();

    @Override
    default int version() {
        return content().version();
    }

    @Override
    default boolean settled() {
        return content().settled();
    }

    /** A reader has the draft before them, and has decided nothing: its words are frozen. */
    record Claimed(Content content, Claim claim) implements Frozen {
        @Override
        public Status status() {
            return Status.DRAFT;
        }

        @Override
        public Words words(boolean signedOutside) {
            return signedOutside ? Words.DISCREPANCIES : Words.PROPOSE;
        }

        @Override
        public Move revise(Offer offer) {
            return content.attach(
                    offer, next -> offer.signedOutside() ? new SignedOutside(next, false) : new Claimed(next, claim));
        }

        @Override
        public Move ask(Command command) {
            Refused refused = refused(command);
            if (refused != null) {
                return refused;
            }
            boolean own = claim.by().equals(command.by());
            return switch (command.act()) {
                case CLAIM -> own ? Refused.CLAIMED_ALREADY : Refused.CLAIMED_BY_ANOTHER;
                case RELEASE -> own ? Move.Redraft.OF_FACTS : Refused.CLAIMED_BY_ANOTHER;
                case REVIEW -> own ? new Move.Write(new Reviewed(content.next(), claim)) : Refused.CLAIMED_BY_ANOTHER;
                case SIGN -> own ? Refused.NOT_REVIEWED : Refused.CLAIMED_BY_ANOTHER;
                case ADDEND, CORRECT, RETRACT -> Refused.NOT_SIGNED;
            };
        }
    }

    /** A reader decided about its sentences; nothing takes that back. @param claim null once it was released */
    record Reviewed(Content content, Claim claim) implements Frozen {
        @Override
        public Status status() {
            return Status.REVIEWED;
        }

        @Override
        public Words words(boolean signedOutside) {
            return signedOutside ? Words.DISCREPANCIES : Words.PROPOSE;
        }

        @Override
        public Move revise(Offer offer) {
            return content.attach(
                    offer, next -> offer.signedOutside() ? new SignedOutside(next, true) : new Reviewed(next, claim));
        }

        @Override
        public Move ask(Command command) {
            Refused refused = refused(command);
            if (refused != null) {
                return refused;
            }
            if (claim != null && !claim.by().equals(command.by())) {
                return afterSignature(command.act()) ? Refused.NOT_SIGNED : Refused.CLAIMED_BY_ANOTHER;
            }
            return switch (command.act()) {
                case CLAIM ->
                    claim == null
                            ? new Move.Write(new Reviewed(content.next(), new Claim(command.by(), command.at())))
                            : Refused.CLAIMED_ALREADY;
                case RELEASE ->
                    claim == null ? Refused.NOT_CLAIMED : new Move.Write(new Reviewed(content.next(), null));
                case REVIEW ->
                    claim == null ? Refused.NOT_CLAIMED : new Move.Write(new Reviewed(content.next(), claim));
                case SIGN -> {
                    if (claim == null) {
                        yield Refused.NOT_CLAIMED;
                    }
                    yield command.proposals() > 0
                            ? Refused.PROPOSALS_WAIT
                            : new Move.Write(new Signed(content.next(), Status.SIGNED));
                }
                case ADDEND, CORRECT, RETRACT -> Refused.NOT_SIGNED;
            };
        }
    }

    /**
     * Something was signed of the study in the reporting system: the words of the draft stay as they were then. They were not signed
     * here.
     *
     * @param reviewed whether a reader had reviewed them here
     */
    record SignedOutside(Content content, boolean reviewed) implements Frozen {
        @Override
        public Status status() {
            return reviewed ? Status.REVIEWED : Status.DRAFT;
        }

        @Override
        public Words words(boolean signedOutside) {
            return Words.DISCREPANCIES;
        }

        @Override
        public Move revise(Offer offer) {
            return content.attach(offer, next -> new SignedOutside(next, reviewed));
        }

        @Override
        public Move ask(Command command) {
            return Refused.SIGNED_OUTSIDE;
        }
    }

    /** Signed here, and after it perhaps added to or corrected. @param status {@code SIGNED}, {@code ADDENDED} or {@code CORRECTED} */
    record Signed(Content content, Status status) implements Frozen {
        public Signed {
            if (status != Status.SIGNED && status != Status.ADDENDED && status != Status.CORRECTED) {
                throw new IllegalArgumentException(status + " is no signed status");
            }
        }

        @Override
        public Words words(boolean signedOutside) {
            return Words.DISCREPANCIES;
        }

        @Override
        public Move revise(Offer offer) {
            return content.attach(offer, next -> new Signed(next, status));
        }

        @Override
        public Move ask(Command command) {
            return switch (command.act()) {
                case CLAIM, RELEASE, REVIEW, SIGN -> Refused.SIGNED;
                case ADDEND, CORRECT, RETRACT -> {
                    if (!command.systemOfRecord()) {
                        yield Refused.NOT_SYSTEM_OF_RECORD;
                    }
                    Content next = content.next();
                    yield new Move.Write(
                            command.act() == Act.RETRACT
                                    ? new Retracted(next)
                                    : new Signed(
                                            next, command.act() == Act.ADDEND ? Status.ADDENDED : Status.CORRECTED));
                }
            };
        }
    }

    /** Signed here and taken back by a reader. Facts are still attached; nothing else follows. */
    record Retracted(Content content) implements Frozen {
        @Override
        public Status status() {
            return Status.RETRACTED;
        }

        @Override
        public Words words(boolean signedOutside) {
            return Words.DISCREPANCIES;
        }

        @Override
        public Move revise(Offer offer) {
            return content.attach(offer, Retracted::new);
        }

        @Override
        public Move ask(Command command) {
            return Refused.RETRACTED;
        }
    }

    /** What no state before a signature allows; null for nothing. */
    static Refused refused(Command command) {
        if (command.withdrawn() && command.act() != Act.RELEASE) {
            return Refused.WITHDRAWN;
        }
        return (command.act() == Act.SIGN || afterSignature(command.act())) && !command.systemOfRecord()
                ? Refused.NOT_SYSTEM_OF_RECORD
                : null;
    }

    static boolean afterSignature(Act act) {
        return act == Act.ADDEND || act == Act.CORRECT || act == Act.RETRACT;
    }
}
