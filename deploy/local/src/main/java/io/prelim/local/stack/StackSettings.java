package io.prelim.local.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the services are started.
 *
 * @param root the project's folder, built
 * @param directory images, and logs below {@code logs}
 * @param ports where each listens
 * @param backing broker and databases
 * @param secrets the token a service shows to another
 * @param quietPeriod how long no image must come before a study counts as complete
 * @param more further configuration of a part, stronger than what is set here
 */
public record StackSettings(
        Path root,
        Path directory,
        Ports ports,
        Backing backing,
        Secrets secrets,
        Duration quietPeriod,
        Map<Part, Map<String, String>> more) {
    public StackSettings {
        root = root.toAbsolutePath().normalize();
        directory = directory.toAbsolutePath().normalize();
        more = Map.copyOf(more);
    }

    /** The same with one more entry of configuration for a part. */
    public StackSettings with(Part part, String key, String value) {
        Map<Part, Map<String, String>> added = new EnumMap<>(Part.class);
        added.putAll(more);
        Map<String, String> entries = new LinkedHashMap<>(more.getOrDefault(part, Map.of()));
        entries.put(key, value);
        added.put(part, Map.copyOf(entries));
        return new StackSettings(root, directory, ports, backing, secrets, quietPeriod, added);
    }
}
