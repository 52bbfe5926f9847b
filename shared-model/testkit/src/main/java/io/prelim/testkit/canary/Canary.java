package io.prelim.testkit.canary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Words that say who a patient is, and nothing else says: names, ids, birth dates, accession numbers. Each search answers where they
 * are; nowhere is an empty list.
 *
 * @param words each long enough to come about by no accident
 */
public record Canary(List<String> words) {
    private static final int SHORTEST = 8;

    public Canary {
        words = List.copyOf(words);
        if (words.isEmpty() || words.stream().anyMatch(word -> word.length() < SHORTEST)) {
            throw new IllegalArgumentException("each word has " + SHORTEST + " characters or more");
        }
    }

    public static Canary of(String... words) {
        return new Canary(List.of(words));
    }

    public boolean in(String text) {
        return words.stream().anyMatch(text::contains);
    }

    /** As text in UTF-8. */
    public boolean in(byte[] bytes) {
        return in(new String(bytes, StandardCharsets.UTF_8));
    }

    /** Lines of a file that hold it, each after the file's name. */
    public List<String> lines(Path file) throws IOException {
        List<String> found = new ArrayList<>();
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
            if (in(line)) {
                found.add(file.getFileName() + ": " + line);
            }
        }
        return found;
    }

    /** Names of files and folders below a folder. */
    public List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(this::in)
                    .toList();
        }
    }

    /**
     * Rows of a database that hold it, in whatever column, after the name of their table; bytes are looked into.
     *
     * @param butFor tables it belongs in
     */
    public List<String> rows(Connection database, Set<String> butFor) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : query(
                database,
                "select table_name from information_schema.tables where table_schema = current_schema()"
                        + " and table_type = 'BASE TABLE'",
                List.of())) {
            if (!butFor.contains(table)) {
                rows(database, "select * from \"" + table + "\"").forEach(row -> found.add(table + ": " + row));
            }
        }
        return found;
    }

    /** Rows that a statement selects and that hold it. */
    public List<String> rows(Connection database, String select) throws SQLException {
        String holds = " or position(? in t.said) > 0".repeat(2 * words.size()).substring(4);
        List<String> values = new ArrayList<>(words);
        // as PostgreSQL writes bytes
        words.forEach(word -> values.add(HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8))));
        return query(
                database,
                "select t.said from (select cast(s as text) as said from (" + select + ") s) t where " + holds,
                values);
    }

    private static List<String> query(Connection database, String select, List<String> values) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement(select)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
        }
        return rows;
    }
}
