package io.prelim.ingest.rejection;

/** Why instances were taken back: titles of rejection notes, coded in DCM. */
enum Title {
    QUALITY("113001", "rejected for quality reasons"),
    PATIENT_SAFETY("113037", "rejected for patient safety reasons"),
    INCORRECT_WORKLIST_ENTRY("113038", "rejected for an incorrect modality worklist entry"),
    RETENTION_EXPIRED("113039", "taken back as their data retention policy expired");

    private final String code;
    private final String text;

    Title(String code, String text) {
        this.code = code;
        this.text = text;
    }

    static String text(String code) {
        for (Title title : values()) {
            if (title.code.equals(code)) {
                return title.text;
            }
        }
        throw new IllegalArgumentException("no title of a rejection note");
    }
}
