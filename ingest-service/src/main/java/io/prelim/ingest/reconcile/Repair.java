package io.prelim.ingest.reconcile;

import io.prelim.ingest.ledger.Wait;

/** What sets a study going again. */
enum Repair {
    /** It is made due, and its images are looked at. */
    MAKE_DUE("made due"),
    /** What tells of it is sent again, which asks whoever should have answered. */
    TELL_AGAIN("told again"),
    /** What should tell of it is lost: its images become a revision anew, and that is told. */
    ASSEMBLE_ANEW("assembled anew"),
    /** Whoever looks next does it: another process takes it when a claim ends, and a deadline ends a wait for models. */
    NOTHING("nothing to be done from here");

    private final String done;

    Repair(String done) {
        this.done = done;
    }

    /** For people. */
    String done() {
        return done;
    }

    static Repair of(Wait.For what) {
        return switch (what) {
            case DUE -> MAKE_DUE;
            case EVENT -> ASSEMBLE_ANEW;
            case BROKER, PLAN, REPORT -> TELL_AGAIN;
            case QUIET_PERIOD, ASSEMBLY, REFUSED, ANSWERS -> NOTHING;
        };
    }
}
