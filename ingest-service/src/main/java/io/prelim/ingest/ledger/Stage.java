package io.prelim.ingest.ledger;

import java.util.Comparator;

/** Where a revision of a study stands. */
public enum Stage {
    /** Images come in; nothing is told yet. */
    RECEIVING(0),
    /** Complete, and on its way to the planner. */
    RECEIVED(2),
    /** It is decided which models must answer. */
    PLANNED(3),
    /** Each of them has answered, or is overdue. */
    ANALYZED(4),
    /** The report of this revision is settled. */
    DRAFTED(5),
    /** Nothing to analyse, so far: an image that comes later moves it on. */
    NOT_ANALYZED(1),
    /** Its images went, because they were kept long enough or room was needed. */
    DROPPED(6),
    /** All that was stored of it went, on demand. */
    ERASED(7);

    /** Whoever is greater is further on. */
    static final Comparator<Stage> ALONG_THE_WAY = Comparator.comparingInt(stage -> stage.rank);

    private final int rank;

    /** Whether what came before is there no longer. */
    boolean gone() {
        return this == DROPPED || this == ERASED;
    }

    Stage(int rank) {
        this.rank = rank;
    }
}
