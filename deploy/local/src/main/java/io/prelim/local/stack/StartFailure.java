package io.prelim.local.stack;

import java.io.IOException;
import java.nio.file.Path;

/** A process did not come up, or ended by itself. */
public final class StartFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path log;

    public StartFailure(String message, Path log) {
        super(message);
        this.log = log;
    }

    /** Where it says why. */
    public Path log() {
        return log;
    }
}
