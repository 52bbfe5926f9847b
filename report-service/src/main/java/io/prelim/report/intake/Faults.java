package io.prelim.report.intake;

import java.io.IOException;
import java.sql.SQLException;

/** Tells a fault that passes (database away, deadlock, timeout) from one that the same record would cause again. */
final class Faults {
    private static final int DEPTH = 20;

    private Faults() {}

    /**
     * A fault of the database is transient unless its SQLSTATE says that the data are refused (class 22, 23). Anything without a
     * database, transaction or input/output fault in its causes is not.
     */
    static boolean isTransient(Throwable fault) {
        boolean outside = false;
        Throwable cause = fault;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state == null || !(state.startsWith("22") || state.startsWith("23"));
            }
            outside |= cause instanceof IOException
                    || cause.getClass().getName().startsWith("jakarta.transaction.")
                    || cause.getClass().getName().startsWith("io.quarkus.narayana.");
            cause = cause.getCause();
        }
        return outside;
    }
}
