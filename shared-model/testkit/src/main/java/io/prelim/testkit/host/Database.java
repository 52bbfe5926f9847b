package io.prelim.testkit.host;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How to reach one database: its owner can do everything in it, and nothing in others. */
public record Database(String jdbcUrl, String username, String password) {
    /**
     * Creates role and database of one name unless they exist, and sets the password.
     *
     * @param name 1 to 63 lower-case letters, digits or {@code _}
     */
    public static Database create(int port, String name, String password) throws SQLException {
        if (!name.matches("[a-z_][a-z0-9_]{0,62}") || !password.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("database name or password has characters that are not allowed");
        }
        String server = "jdbc:postgresql://127.0.0.1:" + port + "/";
        try (Connection connection =
                        DriverManager.getConnection(server + "postgres", LocalDatabase.ADMINISTRATOR, "postgres");
                Statement statement = connection.createStatement()) {
            boolean roleExists = exists(statement, "select 1 from pg_roles where rolname = '" + name + "'");
            statement.execute(
                    (roleExists ? "alter" : "create") + " role " + name + " login password '" + password + "'");
            if (!exists(statement, "select 1 from pg_database where datname = '" + name + "'")) {
                statement.execute("create database " + name + " owner " + name);
                statement.execute("revoke connect on database " + name + " from public");
            }
        }
        return at(port, name, password);
    }

    /** One that {@link #create} made, or will make. */
    public static Database at(int port, String name, String password) {
        return new Database("jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?socketTimeout=30", name, password);
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    @Override
    public String toString() {
        return "Database[" + jdbcUrl + ", " + username + "]";
    }
}
