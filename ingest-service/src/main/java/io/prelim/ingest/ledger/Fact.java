package io.prelim.ingest.ledger;

/** What happened to a study, in the order of its way. */
public enum Fact {
    /** Something that bears on what comes in. */
    NOTE(Stage.RECEIVING),
    /** The first object of the study was stored. */
    FIRST_INSTANCE(Stage.RECEIVING),
    /** A modality told of its performed procedure step. */
    PROCEDURE_STEP(Stage.RECEIVING),
    /** It was decided, or decided anew, how an order and the study stand. */
    ORDER(Stage.RECEIVING),
    /** The first image after the study was complete: the next revision begins. */
    LATE_INSTANCE(null),
    /** The last object before the study was found complete; or so far. */
    LAST_INSTANCE(null),
    /** An object came again with another header; all are kept. */
    HEADER_CHANGED(null),
    /** An object came under the UID of another. */
    KEPT_ASIDE(null),
    /** Something ended the quiet period early, and why. */
    HINT(Stage.RECEIVING),
    /** Nothing more was waited for. */
    QUIET(null),
    NO_IMAGES(Stage.NOT_ANALYZED),
    /** A revision was made. */
    ASSEMBLED(Stage.RECEIVED),
    /** The study became urgent. */
    PRIORITY(null),
    /** The broker took the event that tells of the revision; as often as that is told. */
    PUBLISHED(null),
    PLANNED(Stage.PLANNED),
    /** One model answered. */
    OUTCOME(null),
    /** Each model that must answer has, or is overdue. */
    ANALYZED(Stage.ANALYZED),
    /** The report has a version. */
    REPORT(null),
    /** A report or segmentation of ours came back from an archive; it is kept, and nothing follows from it. */
    OWN_RESULT(null),
    /** The report is settled. */
    DRAFTED(Stage.DRAFTED),
    /** A report signed in the reporting system came, and it was decided, or decided anew, whether it is this patient's. */
    SIGNED(null),
    /** It waited longer than it may for what goes on by itself, and what was done. */
    STANDSTILL(null),
    /** What it waited for too long has come. */
    MOVED_ON(null),
    DROPPED(Stage.DROPPED),
    ERASED(Stage.ERASED),
    /** No byte of what was erased is on disk. */
    BYTES_REMOVED(null);

    private final Stage stage;

    Fact(Stage stage) {
        this.stage = stage;
    }

    /** The stage a study is at by this; null for what moves none. */
    Stage stage() {
        return stage;
    }

    /** What brings a study to a stage, where nothing more exact is said. */
    static Fact of(Stage stage) {
        for (Fact fact : values()) {
            if (fact.stage == stage) {
                return fact;
            }
        }
        throw new IllegalArgumentException(stage + " is reached by no fact");
    }
}
