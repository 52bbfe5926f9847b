package io.prelim.local.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param jvm options of each service's Java
 */
public record StackSettings(
        Path root,
        Path directory,
        Ports ports,
        Backing backing,
        Secrets secrets,
        Duration quietPeriod,
        Map<Part, Map<String, String>> more,
        List<String> jvm) {
    /** Small and quick to start: for trying out. */
    public static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

    public StackSettings {
        root = root.toAbsolutePath().normalize();
        directory = directory.toAbsolutePath().normalize();
        more = Map.copyOf(more);
        jvm = List.copyOf(jvm);
    }

    public StackSettings(
            Path root, Path directory, Ports ports, Backing backing, Secrets secrets, Duration quietPeriod) {
        this(root, directory, ports, backing, secrets, quietPeriod, Map.of(), SMALL);
    }

    /** The same with other options of Java. */
    public StackSettings withJvm(List<String> value) {
        return new StackSettings(root, directory, ports, backing, secrets, quietPeriod, more, value);
    }

    /** The same with one more entry of configuration for a part. */
    public StackSettings with(Part part, String key, String value) {
        Map<Part, Map<String, String>> added = new EnumMap<>(Part.class);
        added.putAll(more);
        Map<String, String> entries = new LinkedHashMap<>(more.getOrDefault(part, Map.of()));
        entries.put(key, value);
        added.put(part, Map.copyOf(entries));
        return new StackSettings(root, directory, ports, backing, secrets, quietPeriod, added, jvm);
    }
}
