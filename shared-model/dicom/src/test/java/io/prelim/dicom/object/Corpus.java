package io.prelim.dicom.object;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real files, outside the project: {@code prelim.shared} names their folder, else {@code ../shared} is looked for. */
public final class Corpus {
    private Corpus() {}

    /** The DICOM files under a folder, sorted; the test is skipped where there is none. */
    public static List<Path> files(String folder) throws IOException {
        Path corpus = named(folder);
        assumeTrue(Files.isDirectory(corpus), "no corpus at ../shared/data/dicom/" + folder);
        try (Stream<Path> walk = Files.walk(corpus)) {
            return walk.filter(Files::isRegularFile)
                    .map(path -> path.toAbsolutePath().normalize())
                    .sorted()
                    .toList();
        }
    }

    /** A file beside the folders; the test is skipped where there is none. */
    public static Path file(String name) {
        Path file = named(name);
        assumeTrue(Files.isRegularFile(file), "no corpus at ../shared/data/dicom/" + name);
        return file.toAbsolutePath().normalize();
    }

    private static Path named(String name) {
        String shared = System.getProperty("prelim.shared", System.getenv("prelim.shared"));
        Path folder = shared != null
                ? Path.of(shared)
                : Path.of(System.getProperty("prelim.root", "../.."))
                        .resolve("../shared")
                        .normalize();
        return folder.resolve("data/dicom").resolve(name);
    }
}
