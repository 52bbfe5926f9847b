package io.prelim.inference.start;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a package looks from outside: names, sizes, times and file keys. Cheap enough for every look, and equal in two looks once nobody
 * writes to it any more.
 */
record Fingerprint(List<String> files) {
    /** More than a package may have: it is refused by then. */
    private static final int MOST = 64;

    static Fingerprint of(Path place) {
        List<String> files = new ArrayList<>();
        files.add(file(place));
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(place)) {
                for (Path child : children) {
                    files.add(file(child));
                    if (files.size() > MOST) {
                        break;
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                files.add("cannot be listed");
            }
        }
        Collections.sort(files);
        return new Fingerprint(List.copyOf(files));
    }

    private static String file(Path file) {
        try {
            BasicFileAttributes read = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return file.getFileName() + " " + read.size() + " " + read.lastModifiedTime() + " " + read.fileKey();
        } catch (IOException e) {
            return file.getFileName() + " cannot be read";
        }
    }
}
