package io.prelim.ingest.intake;

import java.io.IOException;
import java.sql.SQLException;

/** Tells a fault that passes (database away, deadlock, timeout) from one that the same record would cause again. */
final class Faults {
    private static final int DEPTH = 20;

    private Faults() {}

    /**
     * A fault of the database passes unless its SQLSTATE says that the data are refused: class 22 (data exception), 23 (integrity) or
     * 54 (program limit). A fault without database, transaction or input/output among its causes does not pass.
     */
    static boolean passes(Throwable fault) {
        boolean outside = false;
        Throwable cause = fault;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state == null || !(state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
            }
            String type = cause.getClass().getName();
            outside |= cause instanceof IOException
                    || type.startsWith("jakarta.transaction.")
                    || type.startsWith("io.quarkus.narayana.");
            cause = cause.getCause();
        }
        return outside;
    }
}
