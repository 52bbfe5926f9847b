package io.prelim.report.site;

import io.prelim.report.template.BadSiteFile;
import io.prelim.report.template.SiteFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folder a site keeps its templates and its mapping in: every {@code .yaml} of it, none of folders in it. */
final class SiteFolder {
    private static final List<String> BUILT_IN = List.of("general.yaml", "chest-radiograph.yaml");

    private final Path folder;

    SiteFolder(Path folder) {
        this.folder = folder;
    }

    static List<SiteFile> builtIn() {
        List<SiteFile> files = new ArrayList<>();
        for (String name : BUILT_IN) {
            try (InputStream in = SiteFile.class.getResourceAsStream(name)) {
                files.add(new SiteFile(name + " (built in)", in.readAllBytes()));
            } catch (IOException e) {
                throw new IllegalStateException("the built-in template " + name + " cannot be read", e);
            }
        }
        return files;
    }

    /** What the files look like from outside: changes when one of them does. */
    String fingerprint() throws BadSiteFile {
        StringBuilder all = new StringBuilder();
        for (Path file : files()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                all.append(file.getFileName())
                        .append(' ')
                        .append(attributes.size())
                        .append(' ')
                        .append(attributes.lastModifiedTime())
                        .append(' ')
                        .append(attributes.fileKey())
                        .append('\n');
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return all.toString();
    }

    List<SiteFile> read() throws BadSiteFile {
        List<SiteFile> read = new ArrayList<>();
        for (Path file : files()) {
            try (InputStream in = Files.newInputStream(file)) {
                // one byte more than is allowed tells that it is too long
                read.add(new SiteFile(file.getFileName().toString(), in.readNBytes(SiteFile.MOST_BYTES + 1)));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return read;
    }

    private List<Path> files() throws BadSiteFile {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> yaml = files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(".yaml") && !name.startsWith(".") && Files.isRegularFile(file);
                    })
                    .limit(SiteFile.MOST_FILES + 1L)
                    .sorted()
                    .toList();
            if (yaml.size() > SiteFile.MOST_FILES) {
                throw new BadSiteFile(
                        folder.toString(), 0, "has more than " + SiteFile.MOST_FILES + " files; take some away");
            }
            return yaml;
        } catch (IOException e) {
            throw new BadSiteFile(
                    folder.toString(),
                    0,
                    "cannot be listed (" + e.getClass().getSimpleName()
                            + "); make it a folder this service may read, or unset prelim.report.templates.folder");
        }
    }

    private static BadSiteFile unreadable(Path file, IOException e) {
        return new BadSiteFile(
                file.getFileName().toString(),
                0,
                "cannot be read (" + e.getClass().getSimpleName() + "); let this service read it");
    }
}
