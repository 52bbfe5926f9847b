package io.prelim.report;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of templates that a test may edit, looked at five times a second, and a site that reads German. */
public class TemplateFolder implements QuarkusTestResourceLifecycleManager {
    private Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("templates");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "prelim.report.templates.folder", folder.toString(),
                "prelim.report.templates.check", "PT0.2S",
                "prelim.report.site-languages.south", "de");
    }

    @Override
    public void stop() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an editor saves: beside it, then in its place. */
    static void write(String name, String yaml) {
        Path folder = Path.of(ServiceUnderTest.config("prelim.report.templates.folder"));
        try {
            Path beside = Files.writeString(folder.resolve(name + ".new"), yaml);
            Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(String name) {
        Path folder = Path.of(ServiceUnderTest.config("prelim.report.templates.folder"));
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
