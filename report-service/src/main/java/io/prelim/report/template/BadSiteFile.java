package io.prelim.report.template;

/** A file of the site that cannot be used: which, where in it, what is wrong and what to do. */
public final class BadSiteFile extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String problem;

    /** @param line from 1; 0 for the whole file */
    public BadSiteFile(String file, int line, String problem) {
        super(file + (line > 0 ? ":" + line : "") + ": " + problem);
        this.file = file;
        this.line = line;
        this.problem = problem;
    }

    public String file() {
        return file;
    }

    /** From 1; 0 for the whole file. */
    public int line() {
        return line;
    }

    /** What is wrong, and what to do. */
    public String problem() {
        return problem;
    }
}
