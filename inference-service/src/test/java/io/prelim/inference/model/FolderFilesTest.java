package io.prelim.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.inference.fixture.TestPackages;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderFilesTest {
    @TempDir
    Path work;

    private Path folder;

    @BeforeEach
    void write() {
        folder = TestPackages.brightness(work.resolve("brightness"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.yaml", "card.yaml", "model.onnx"})
    @BadInput(id = "M25", entrance = Entrance.MODEL, answer = "refused: a link")
    void refusesALink(String name) throws IOException {
        Path elsewhere = work.resolve(name);
        Files.move(folder.resolve(name), elsewhere);
        Files.createSymbolicLink(folder.resolve(name), elsewhere);

        BadPackage refused = refused(folder);

        assertThat(refused.file()).isEqualTo(name);
        assertThat(refused).hasMessageContaining("is a link");
    }

    @Test
    @BadInput(id = "M25", entrance = Entrance.MODEL, answer = "refused: a link")
    void refusesAPackageThatIsALink() throws IOException, BadPackage {
        Path link = Files.createSymbolicLink(work.resolve("link"), folder);

        assertThat(PackageReader.find(work))
                .as("seen, so that it is refused aloud")
                .contains(link);
        assertThat(refused(link)).hasMessageContaining("is a link");
    }

    /** Reading a pipe would wait for a writer. */
    @Test
    @BadInput(id = "M24", entrance = Entrance.MODEL, answer = "refused: a special file")
    void refusesAPipeWithoutWaiting() throws Exception {
        Files.delete(folder.resolve("model.onnx"));
        Process mkfifo =
                new ProcessBuilder("mkfifo", folder.resolve("model.onnx").toString()).start();
        Assumptions.assumeTrue(mkfifo.waitFor(5, TimeUnit.SECONDS) && mkfifo.exitValue() == 0, "skipped: no mkfifo");

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThat(refused(folder)).hasMessageContaining("special file"));
    }

    @Test
    void refusesWhatIsNoFileOfAPackage() throws IOException {
        Files.createDirectory(folder.resolve("training"));
        assertThat(refused(folder).file()).isEqualTo("training");

        Files.delete(folder.resolve("training"));
        Files.writeString(folder.resolve("weights.bin"), "0");
        assertThat(refused(folder)).hasMessage("weights.bin: is no file of a package; take it out");
    }

    @Test
    void refusesTooManyFiles() throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.writeString(folder.resolve("f" + i), "0");
        }

        assertThat(refused(folder)).hasMessageContaining("at most 16");
    }

    @Test
    void refusesWhatIsNeitherFolderNorArchive() throws IOException {
        assertThat(refused(Files.writeString(work.resolve("model.txt"), "0"))).hasMessageContaining("is neither");
        assertThat(refused(work.resolve("nothing"))).hasMessageContaining("is not there");
        assertThat(refused(Files.writeString(work.resolve("text.zip"), "0"))).hasMessageContaining("is no ZIP archive");
    }

    @Test
    void refusesAManifestThatTakesAnotherFileForTheModel() throws IOException {
        Files.writeString(
                folder.resolve("manifest.yaml"),
                TestPackages.manifest("brightness.onnx").replace("file: model.onnx", "file: card.yaml"));

        assertThat(refused(folder).key()).isEqualTo("model.file");
    }

    @Test
    void findsArchivesToo() throws Exception {
        Path archive = io.prelim.inference.fixture.TestArchive.of(folder).write(work.resolve("Another.ZIP"));

        assertThat(PackageReader.find(work)).containsExactly(archive, folder);
        assertThat(PackageReader.find(archive)).containsExactly(archive);
    }

    private static BadPackage refused(Path place) {
        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> PackageReader.read(place));
        assertThat(refused).as("refused").isNotNull();
        return refused;
    }
}
