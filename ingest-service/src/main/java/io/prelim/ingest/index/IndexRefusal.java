package io.prelim.ingest.index;

import java.sql.SQLException;

/** Why the index did not take an instance. */
public final class IndexRefusal {
    private IndexRefusal() {}

    /** Whether the database refused values rather than being away: SQL state classes 22, 23 and 54. */
    public static boolean ofTheData(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().matches("(22|23|54).*");
            }
        }
        return false;
    }
}
