package io.prelim.report;

import io.prelim.report.template.BadSiteFile;
import io.prelim.report.template.SiteFile;
import io.prelim.report.template.TemplateChoice;
import io.prelim.report.template.TemplateSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The built-in templates, with files of a site beside them. */
public final class BuiltIn {
    private BuiltIn() {}

    public static TemplateSet with(SiteFile... site) throws BadSiteFile {
        return TemplateSet.of(files(), List.of(site));
    }

    /** What a study gets of which nothing is known. */
    public static TemplateChoice general() {
        try {
            return with().choose(null, null, "en");
        } catch (BadSiteFile e) {
            throw new AssertionError(e);
        }
    }

    public static SiteFile file(String name, String yaml) {
        return new SiteFile(name, yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<SiteFile> files() {
        List<SiteFile> files = new ArrayList<>();
        for (String name : List.of("general.yaml", "chest-radiograph.yaml")) {
            try (InputStream in = SiteFile.class.getResourceAsStream(name)) {
                files.add(new SiteFile(name, in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }
}
