package io.prelim.testkit.peers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Finds peer programs on the PATH, and the folder of shared test data. */
public final class Peers {
    private Peers() {}

    /**
     * The program, or a skipped test.
     *
     * @param debianPackage named in the skip message, with the script that installs it
     */
    public static Path require(String program, String debianPackage) {
        Optional<Path> found = find(program);
        Assumptions.assumeTrue(
                found.isPresent(),
                () -> "skipped: " + program + " is not installed; install the package " + debianPackage
                        + " (deploy/peers/install)");
        return found.get();
    }

    /** A file that a package brings, or a skipped test. */
    public static Path requireFile(Path file, String debianPackage) {
        Assumptions.assumeTrue(
                Files.exists(file),
                () -> "skipped: no " + file.getFileName() + "; install the package " + debianPackage
                        + " (deploy/peers/install)");
        return file;
    }

    /** A folder or file of the shared test data beside the project, or a skipped test. */
    public static Path requireData(String relativePath) {
        Path root = Path.of(System.getProperty("prelim.root", "")).toAbsolutePath();
        Path data = root.resolveSibling("shared").resolve("data").resolve(relativePath);
        Assumptions.assumeTrue(
                Files.exists(data), () -> "skipped: no test data " + relativePath + " in ../shared/data");
        return data;
    }

    static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        // Debian puts servers where not every user's PATH leads
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path + File.pathSeparator + "/usr/sbin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
