package io.prelim.report.operator;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;

/** Ends a start that must not go on; why was logged before. */
public final class StartRefusal {
    /** EX_CONFIG of sysexits.h. */
    private static final int CONFIGURATION = 78;

    private StartRefusal() {}

    /** To be thrown by an observer of the start. */
    public static RuntimeException exit() {
        // the exception keeps the HTTP port closed, but only the exit ends the process
        Quarkus.asyncExit(CONFIGURATION);
        return new PreventFurtherStepsException("", CONFIGURATION);
    }
}
