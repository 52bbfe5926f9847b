package io.prelim.report.template;

/** A file as it was read. @param name for messages, such as {@code chest.yaml} */
public record SiteFile(String name, byte[] bytes) {
    /** Bytes of one file, at most. */
    public static final int MOST_BYTES = 64 << 10;

    /** Files of a site, at most. */
    public static final int MOST_FILES = 200;

    /** The file that maps local procedure codes; every other is a template. */
    public static final String PROCEDURES = "procedures.yaml";
}
