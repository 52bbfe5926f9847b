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
    NOT_ANALYZED(1);

    /** Whoever is greater is further on. */
    static final Comparator<Stage> ALONG_THE_WAY = Comparator.comparingInt(stage -> stage.rank);

    private final int rank;

    Stage(int rank) {
        this.rank = rank;
    }
}
