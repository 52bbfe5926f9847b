package io.prelim.access.users;

/** A file of users cannot be used. Quotes nothing of it. */
public final class BadUsersFile extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String problem;

    BadUsersFile(String file, int line, String problem) {
        super(file + ":" + line + ": " + problem);
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

    /** What it must be. */
    public String problem() {
        return problem;
    }
}
