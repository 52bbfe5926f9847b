package io.prelim.local.progress;

/** How far a study is, as ingest's ledger says. */
public enum Stage {
    /** The ledger does not know the study. */
    UNSEEN("not received"),
    RECEIVING("receiving"),
    RECEIVED("received"),
    PLANNED("planned"),
    ANALYZED("analysed"),
    DRAFTED("drafted"),
    NOT_ANALYZED("not analysed"),
    /** A stage this runner does not know. */
    UNKNOWN("at a stage unknown to this runner");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Whether nothing more will come without more images. */
    public boolean last() {
        return this == DRAFTED || this == NOT_ANALYZED;
    }

    static Stage of(String name) {
        for (Stage stage : values()) {
            if (stage.name().equals(name)) {
                return stage;
            }
        }
        return UNKNOWN;
    }
}
