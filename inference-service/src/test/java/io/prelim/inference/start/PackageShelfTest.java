package io.prelim.inference.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.inference.fixture.TestPackages;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.PackageTrust;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageShelfTest {
    @TempDir
    Path work;

    private Path place;
    private final List<String> proven = new ArrayList<>();
    private PackageShelf shelf;

    @BeforeEach
    void open() throws IOException {
        place = Files.createDirectory(work.resolve("models"));
        shelf = shelf(PackageTrust.of(List.of(), List.of()), place);
    }

    @Test
    void theFirstLookTakesWhatIsThere() {
        named("a");

        assertThat(names(shelf.look())).containsExactly("a-1-0-0");
    }

    @Test
    void whatComesLaterIsTakenOnceItLooksTheSameTwice() {
        shelf.look();
        named("a");

        assertThat(names(shelf.look())).isEmpty();
        assertThat(names(shelf.look())).containsExactly("a-1-0-0");
        shelf.look();
        assertThat(proven).as("proved once").hasSize(1);
    }

    @Test
    void whatIsStillBeingCopiedIsNotTaken() throws IOException {
        shelf.look();
        Path folder = named("a");
        byte[] model = TestPackages.read(folder.resolve("model.onnx"));
        Files.write(folder.resolve("model.onnx"), new byte[0]);
        for (byte each : java.util.Arrays.copyOf(model, 20)) {
            Files.write(folder.resolve("model.onnx"), new byte[] {each}, StandardOpenOption.APPEND);
            assertThat(shelf.look().refused()).isEmpty();
        }
        Files.write(folder.resolve("model.onnx"), model);
        shelf.look();

        assertThat(names(shelf.look())).containsExactly("a-1-0-0");
    }

    @Test
    void aCopyThatStallsIsRefusedAndReadAgainOnceItIsWhole() throws IOException {
        Path folder = named("a");
        byte[] model = TestPackages.read(folder.resolve("model.onnx"));
        Files.write(folder.resolve("model.onnx"), java.util.Arrays.copyOf(model, 20));
        assertThat(shelf.look().refused()).hasSize(1);
        assertThat(shelf.look().refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).startsWith("manifest.yaml: model.sha256: "));

        Files.write(folder.resolve("model.onnx"), model);
        shelf.look();
        PackageShelf.Contents whole = shelf.look();

        assertThat(names(whole)).containsExactly("a-1-0-0");
        assertThat(whole.refused()).isEmpty();
    }

    @Test
    void whatIsGoneInTwoLooksIsGone() throws IOException {
        Path folder = named("a");
        shelf.look();
        delete(folder);

        assertThat(names(shelf.look()))
                .as("it may be on its way to another version")
                .containsExactly("a-1-0-0");
        assertThat(names(shelf.look())).isEmpty();
    }

    @Test
    void whatChangesInPlaceIsAnotherPackageOnceItIsSettled() throws IOException {
        Path folder = named("a");
        String before = shelf.look().proven().get(0).digest();
        Files.writeString(folder.resolve("card.yaml"), "clearance: none\nregion: []\nexpires: 2031-01-01\n");

        assertThat(shelf.look().proven()).extracting(ModelPackage::digest).containsExactly(before);
        assertThat(shelf.look().proven())
                .extracting(ModelPackage::digest)
                .doesNotContain(before)
                .hasSize(1);
    }

    @Test
    void whatIsTouchedIsTheSamePackage() throws IOException {
        Path folder = named("a");
        ModelPackage before = shelf.look().proven().get(0);
        Files.write(folder.resolve("card.yaml"), TestPackages.read(folder.resolve("card.yaml")));
        shelf.look();

        assertThat(shelf.look().proven().get(0)).isSameAs(before);
        assertThat(proven).hasSize(1);
    }

    @Test
    void whatChangesToWorseGoesOutOfService() throws IOException {
        Path folder = named("a");
        shelf.look();
        Files.writeString(folder.resolve("manifest.yaml"), "schema: none");
        shelf.look();

        PackageShelf.Contents worse = shelf.look();

        assertThat(worse.proven()).isEmpty();
        assertThat(worse.refused()).hasSize(1);
    }

    @Test
    void aPlaceThatCannotBeReadKeepsWhatItHad() throws IOException {
        named("a");
        shelf.look();
        Path away = Files.move(place, work.resolve("away"));
        for (int i = 0; i < 3; i++) {
            PackageShelf.Contents meanwhile = shelf.look();
            assertThat(names(meanwhile)).containsExactly("a-1-0-0");
            assertThat(meanwhile.refused()).extracting(each -> each.folder()).containsExactly(place.toString());
        }

        Files.move(away, place);

        assertThat(names(shelf.look())).containsExactly("a-1-0-0");
        assertThat(shelf.look().refused()).isEmpty();
        assertThat(proven).hasSize(1);
    }

    @Test
    void ofTwoOfOneVersionTheFirstIsTakenAndTheOtherWaits() throws IOException {
        Path first = named("a");
        TestPackages.write(place.resolve("b"), "brightness.onnx", manifest("a"), "clearance: none");
        PackageShelf.Contents both = shelf.look();
        assertThat(names(both)).containsExactly("a-1-0-0");
        assertThat(both.proven().get(0).folder()).isEqualTo(first.toString());
        assertThat(both.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).contains("a-1-0-0 is there already, from " + first));

        delete(first);
        shelf.look();
        PackageShelf.Contents after = shelf.look();

        assertThat(after.proven())
                .extracting(ModelPackage::folder)
                .containsExactly(place.resolve("b").toString());
        assertThat(after.refused()).isEmpty();
    }

    @Test
    void oneThatCannotRunDoesNotKeepTheOthersOut() {
        named("a");
        TestPackages.write(
                place.resolve("bad"),
                "external.onnx",
                TestPackages.manifest("external.onnx").replace("id: brightness", "id: bad"),
                null);
        named("c");

        PackageShelf.Contents contents = shelf.look();

        assertThat(names(contents)).containsExactly("a-1-0-0", "c-1-0-0");
        assertThat(contents.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).contains("external data"));
    }

    @Test
    void whatIsNotTrustedIsNotEvenLoaded() {
        named("a");
        shelf = shelf(PackageTrust.of(List.of("a@sha256:" + "0".repeat(64)), List.of()), place);

        assertThat(shelf.look().refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).contains("is not pinned for a"));
        assertThat(proven).isEmpty();
    }

    @Test
    void whatCouldNotBeServedIsRefusedUntilItChanges() throws IOException {
        Path folder = named("a");
        ModelPackage read = shelf.look().proven().get(0);

        assertThat(shelf.refuse(read, "no memory").refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo("no memory"));
        assertThat(names(shelf.look())).isEmpty();

        Files.writeString(folder.resolve("LICENSE"), "none");
        shelf.look();
        assertThat(names(shelf.look())).containsExactly("a-1-0-0");
    }

    private PackageShelf shelf(PackageTrust trust, Path... places) {
        return new PackageShelf(List.of(places), trust, this::prove);
    }

    private void prove(ModelPackage read) throws ModelFailure {
        proven.add(read.digest());
        ModelSession.open(read).close();
    }

    private Path named(String id) {
        return TestPackages.write(place.resolve(id), "brightness.onnx", manifest(id), "clearance: none\n");
    }

    private static String manifest(String id) {
        return TestPackages.manifest("brightness.onnx").replace("id: brightness", "id: " + id);
    }

    private static List<String> names(PackageShelf.Contents contents) {
        return contents.proven().stream().map(ModelPackage::deployment).toList();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
