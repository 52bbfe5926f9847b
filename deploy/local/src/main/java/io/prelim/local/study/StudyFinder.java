package io.prelim.local.study;

import io.prelim.dicom.core.MalformedInput;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Looks through files and folders for DICOM objects and sorts them by study. Links are not followed below a folder. */
public final class StudyFinder {
    private final Map<String, List<StudyObject>> studies = new LinkedHashMap<>();
    private final List<Found.Skipped> skipped = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();

    private StudyFinder() {}

    /** A file named twice, by itself or by its folder, is taken once. */
    public static Found find(List<Path> paths) {
        StudyFinder finder = new StudyFinder();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                finder.folder(path);
            } else {
                finder.file(path, true);
            }
        }
        return new Found(
                finder.studies.entrySet().stream()
                        .map(study -> new Study(study.getKey(), study.getValue()))
                        .toList(),
                finder.skipped);
    }

    private void folder(Path folder) {
        Set<Path> files = new TreeSet<>();
        FileVisitor<Path> visitor = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                skip(file, e, false);
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(folder, visitor);
        } catch (IOException e) {
            skip(folder, e, true);
        }
        files.forEach(file -> file(file, false));
    }

    private void file(Path file, boolean asked) {
        if (!seen.add(file.toAbsolutePath().normalize())) {
            return;
        }
        try {
            StudyObject object = StudyObject.read(file);
            studies.computeIfAbsent(object.studyInstanceUid(), uid -> new ArrayList<>())
                    .add(object);
        } catch (IOException e) {
            skip(file, e, asked);
        }
    }

    private void skip(Path file, IOException e, boolean asked) {
        skipped.add(new Found.Skipped(file, why(e), asked));
    }

    private static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof MalformedInput ? "no DICOM object: " + e.getMessage() : e.toString();
    }
}
