package io.prelim.inference.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.SortedSet;

/**
 * The files of one package, be it a folder or an archive. Flat: a name is a plain file name, never a path, and no two names are the
 * same when case is left out of account. Nothing is a link, nothing is written to disk.
 */
sealed interface PackageFiles extends Closeable permits FolderFiles, ArchiveFiles {
    /** A package has four or five. */
    int MAX_FILES = 16;

    /** What a file may be named, {@code model.file} of the manifest too. */
    String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    /** @throws BadPackage if {@code place} is neither a folder nor a {@code .zip} file, or holds what no package holds */
    static PackageFiles open(Path place) throws BadPackage {
        String shown = shown(String.valueOf(place.getFileName()));
        BasicFileAttributes kind;
        try {
            kind = Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new BadPackage(shown, "", "is not there or cannot be read", e);
        }
        if (kind.isSymbolicLink()) {
            throw new BadPackage(shown, "", "is a link; put the package itself there");
        }
        if (kind.isDirectory()) {
            return FolderFiles.open(place);
        }
        if (kind.isRegularFile() && isArchive(place)) {
            return ArchiveFiles.open(place, shown);
        }
        throw new BadPackage(shown, "", "is neither a folder nor a .zip file");
    }

    static boolean isArchive(Path place) {
        return String.valueOf(place.getFileName()).toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    SortedSet<String> names();

    /**
     * Reads a file whole; asked for once, so that what is digested is what runs.
     *
     * @param most bytes it may have
     * @throws BadPackage if it is not there, has more bytes, or is not what the package says of it
     */
    byte[] read(String name, int most) throws BadPackage;

    @Override
    void close();

    /**
     * Adds a name as it stands in the folder or archive.
     *
     * @throws BadPackage if it is no plain file name, is there twice, or is one too many
     */
    static void add(SortedSet<String> names, String name) throws BadPackage {
        if (name.startsWith("/") || name.startsWith("\\") || name.matches("[A-Za-z]:.*")) {
            throw new BadPackage(shown(name), "", "is an absolute path; a package holds plain files alone");
        }
        if (name.contains("/") || name.contains("\\")) {
            throw new BadPackage(
                    shown(name),
                    "",
                    "is a path; the files of a package lie side by side, so zip them, not their folder");
        }
        if (!name.matches(NAME)) {
            throw new BadPackage(shown(name), "", "is no plain file name; letters, digits, '.', '_' and '-' make one");
        }
        if (names.stream().anyMatch(each -> each.equalsIgnoreCase(name))) {
            throw new BadPackage(name, "", "is there twice, perhaps in another case; keep one");
        }
        if (names.size() == MAX_FILES) {
            throw new BadPackage(name, "", "is one file too many, a package has at most " + MAX_FILES);
        }
        names.add(name);
    }

    /** What others named goes into messages only where it can be nothing but a name. */
    static String shown(String name) {
        return name.matches("[A-Za-z0-9._/\\\\: -]{1,120}") ? name : "(not a name)";
    }
}
