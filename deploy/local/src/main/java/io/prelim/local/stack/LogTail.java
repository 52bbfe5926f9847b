package io.prelim.local.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.events.EventJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The end of a log file, for people. */
public final class LogTail {
    private static final int MAX_BYTES = 64 << 10;

    private LogTail() {}

    /** The last lines, oldest first; of a JSON line its level and message. Empty when there is no such file. */
    public static List<String> of(Path file, int lines) {
        String text;
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(MAX_BYTES, log.length())];
            log.seek(log.length() - end.length);
            log.readFully(end);
            text = new String(end, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return List.of();
        }
        List<String> all =
                Arrays.stream(text.split("\n")).filter(line -> !line.isBlank()).toList();
        return all.subList(Math.max(0, all.size() - lines), all.size()).stream()
                .map(LogTail::plain)
                .toList();
    }

    private static String plain(String line) {
        if (line.startsWith("{")) {
            try {
                JsonNode entry = EventJson.mapper().readTree(line);
                String cause = rootCause(entry.path("exception"));
                return entry.path("level").asText() + " "
                        + entry.path("message").asText() + (cause.isEmpty() ? "" : ": " + cause);
            } catch (JsonProcessingException e) {
                return line;
            }
        }
        return line;
    }

    /** The innermost exception's message on one line: the others only hand it on. */
    private static String rootCause(JsonNode exception) {
        JsonNode deepest = exception;
        for (JsonNode next = exception; next.isObject(); next = next.at("/causedBy/exception")) {
            deepest = next;
        }
        return String.join(" ", deepest.path("message").asText("").split("\\s*\n\\s*"));
    }
}
