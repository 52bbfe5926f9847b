package io.prelim.chaos.check;

/** What holds after whatever happened. */
public enum Invariant {
    STORED_ONCE("each success is stored exactly once, byte for byte"),
    NOTHING_REFUSED_VISIBLE("nothing that was refused, or never sent, is visible"),
    ANSWERED_RIGHT("each object is answered for good, and as it deserves"),
    STUDY_ENDS("each acknowledged study ends in one current report or one explicit failure"),
    REVISIONS("a study's revisions are numbered without gaps, each told once"),
    VERSIONS("a report's versions and the log's positions are numbered without gaps and never go back"),
    OUTBOX("each outbox row takes effect, and once"),
    SUBSCRIBERS("what subscribers get twice has one id and one content, and never goes back"),
    COMMITMENT("commitment is told of whatever it was asked for, and names nothing that is lost or never came"),
    NOTHING_STUCK("no work is left over, and nothing but poison is parked"),
    NOTHING_LEAKED("at rest, threads, handles, live heap and transactions are back to where they began"),
    NO_CANARY("no patient's name, identifier or accession number is in a log or in the name of a file");

    private final String words;

    Invariant(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
