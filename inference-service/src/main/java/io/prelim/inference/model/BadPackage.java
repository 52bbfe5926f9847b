package io.prelim.inference.model;

/** A model package that is refused. The message says which file, which key (dotted path, empty for the file as a whole) and what is wrong. */
public final class BadPackage extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String key;

    public BadPackage(String file, String key, String problem) {
        super(file + (key.isEmpty() ? "" : ": " + key) + ": " + problem);
        this.file = file;
        this.key = key;
    }

    public BadPackage(String file, String key, String problem, Throwable cause) {
        this(file, key, problem);
        initCause(cause);
    }

    public String file() {
        return file;
    }

    public String key() {
        return key;
    }
}
