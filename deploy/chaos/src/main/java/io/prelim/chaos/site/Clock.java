package io.prelim.chaos.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of a process and its children, read through libfaketime from a file that can be changed while they run. What measures
 * time that has passed is left alone, as it is when a machine's clock is set.
 */
final class Clock {
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

    private final Path library;
    private final Path file;

    private Clock(Path library, Path file) throws IOException {
        this.library = library;
        this.file = file;
        set(0);
    }

    /**
     * @param file where the time is told
     * @return empty where libfaketime is not installed
     */
    static Optional<Clock> find(Path file) throws IOException {
        Optional<Path> library = LIBRARIES.stream().filter(Files::exists).findFirst();
        return library.isEmpty() ? Optional.empty() : Optional.of(new Clock(library.get(), file));
    }

    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_DISABLE_SHM",
                "1",
                // what starts the database tells its own time
                "FAKETIME_SKIP_CMDS",
                "java");
    }

    /** Followed within a second. */
    void set(int seconds) throws IOException {
        Path draft =
                Files.writeString(file.resolveSibling(file.getFileName() + ".draft"), String.format("%+d%n", seconds));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
