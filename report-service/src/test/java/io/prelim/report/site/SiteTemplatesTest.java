package io.prelim.report.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.report.settings.ReportSettings;
import io.prelim.report.template.Template;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTemplatesTest {
    private static final String SOUND = """
            schema: prelim.template/1
            name: own
            version: "1"
            for: any
            sections:
              examination: []
              indication: []
              technique: []
              comparison: []
              findings: ["{findings}"]
              impression: ["{impression}"]
            """;

    @TempDir
    Path directory;

    @Test
    void withoutFolderOrInAnEmptyOneTheBuiltInAreInForce() {
        assertThat(names(templates(Map.of()))).containsExactly("general", "chest-radiograph");
        assertThat(names(inFolder(directory))).containsExactly("general", "chest-radiograph");
    }

    @Test
    void whatIsBadAtStartIsNeverInForce() throws IOException {
        Files.writeString(directory.resolve("own.yaml"), SOUND.replace("any", "some"));

        SiteTemplates templates = inFolder(directory);

        assertThat(templates.standing().set()).isNull();
        assertThat(templates.standing().problem().getMessage()).startsWith("own.yaml:4: for must be");
        assertThatThrownBy(templates::current).isInstanceOf(IllegalStateException.class);
        assertThat(inFolder(directory.resolve("missing")).standing().problem().getMessage())
                .contains("cannot be listed (NoSuchFileException)");
    }

    @Test
    void aFolderThatGoesAndComesBackAsItWasIsGoodAgain() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("templates"));
        Files.writeString(folder.resolve("own.yaml"), SOUND);
        SiteTemplates templates = inFolder(folder);
        Path away = Files.move(folder, directory.resolve("away"));
        templates.check();
        SiteTemplates.Standing gone = templates.standing();

        Files.move(away, folder);
        templates.check();

        assertThat(gone.problem().getMessage()).contains("cannot be listed");
        assertThat(gone.set().templates()).extracting(Template::name).contains("own");
        assertThat(templates.standing().problem()).isNull();
        assertThat(names(templates)).contains("own");
    }

    @Test
    void foldersHiddenFilesAndOtherKindsAreLeftOut() throws IOException {
        Files.createDirectory(directory.resolve("folder.yaml"));
        Files.writeString(directory.resolve(".hidden.yaml"), "bad");
        Files.writeString(directory.resolve("own.yaml~"), "bad");
        Path elsewhere = Files.writeString(
                Files.createDirectory(directory.resolve("..data")).resolve("x"), SOUND);
        Files.createSymbolicLink(directory.resolve("own.yaml"), elsewhere);

        assertThat(names(inFolder(directory))).containsExactly("own", "general", "chest-radiograph");
    }

    @Test
    void moreFilesThanAreReadAreRefused() throws IOException {
        for (int i = 0; i <= 200; i++) {
            Files.createFile(directory.resolve(i + ".yaml"));
        }

        assertThat(inFolder(directory).standing().problem().getMessage()).contains("more than 200 files");
    }

    private static SiteTemplates inFolder(Path folder) {
        return templates(Map.of("prelim.report.templates.folder", folder.toString()));
    }

    private static SiteTemplates templates(Map<String, String> values) {
        return new SiteTemplates(new SmallRyeConfigBuilder()
                .withMapping(ReportSettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(ReportSettings.class));
    }

    private static Iterable<String> names(SiteTemplates templates) {
        return templates.current().templates().stream().map(Template::name).toList();
    }
}
