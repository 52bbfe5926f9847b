package io.prelim.inference.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** A package as a folder. A link could lead out of it, a pipe or device could hold the reader for ever: only plain files are read. */
final class FolderFiles implements PackageFiles {
    private final Path folder;
    private final SortedSet<String> names;

    private FolderFiles(Path folder, SortedSet<String> names) {
        this.folder = folder;
        this.names = names;
    }

    static FolderFiles open(Path folder) throws BadPackage {
        SortedSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                PackageFiles.add(names, String.valueOf(child.getFileName()));
                plain(child);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new BadPackage(PackageFiles.shown(folder.toString()), "", "cannot be listed", e);
        }
        return new FolderFiles(folder, names);
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(names);
    }

    @Override
    public byte[] read(String name, int most) throws BadPackage {
        Path file = folder.resolve(name);
        if (!names.contains(name)) {
            throw new BadPackage(name, "", "is not in the package");
        }
        plain(file);
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] read = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new BadPackage(name, "", "has more than " + most + " bytes");
            }
            return read;
        } catch (IOException e) {
            throw new BadPackage(name, "", "cannot be read", e);
        }
    }

    @Override
    public void close() {
        // nothing stays open between reads
    }

    private static void plain(Path file) throws BadPackage {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BadPackage(
                    String.valueOf(file.getFileName()),
                    "",
                    "is a link, a folder or a special file; a package holds plain files alone");
        }
    }
}
