package io.prelim.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.inference.fixture.TestArchive;
import io.prelim.inference.fixture.TestPackages;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveFilesTest {
    private static final byte[] FEW = {1, 2, 3};

    @TempDir
    Path work;

    private Path folder;
    private Path archive;

    @BeforeEach
    void write() {
        folder = TestPackages.brightness(work.resolve("folder"));
        archive = work.resolve("brightness.zip");
    }

    @Test
    void anArchiveIsTheSamePackageAsItsFolder() throws Exception {
        ModelPackage fromFolder = PackageReader.read(folder);

        ModelPackage fromArchive = PackageReader.read(TestArchive.of(folder).write(archive));

        assertThat(fromArchive.digest()).isEqualTo(fromFolder.digest());
        assertThat(fromArchive.manifest()).isEqualTo(fromFolder.manifest());
        assertThat(fromArchive.model()).isEqualTo(fromFolder.model());
        assertThat(fromArchive.card()).isPresent();
    }

    @Test
    void readsWhatOthersPacked() throws Exception {
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (String name : new String[] {"model.onnx", "manifest.yaml", "card.yaml"}) {
                // sizes stand behind the data
                out.putNextEntry(new ZipEntry(name));
                out.write(TestPackages.read(folder.resolve(name)));
                out.closeEntry();
            }
        }

        assertThat(PackageReader.read(archive).digest())
                .isEqualTo(PackageReader.read(folder).digest());
    }

    @Test
    void readsWhatIsStoredAsItIs() throws Exception {
        TestArchive stored = TestArchive.of(folder);
        TestArchive.Part model = stored.part("model.onnx");
        model.method = 0;
        model.packed = TestPackages.read(folder.resolve("model.onnx"));

        assertThat(PackageReader.read(stored.write(archive)).digest())
                .isEqualTo(PackageReader.read(folder).digest());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paths")
    @BadInput(id = "M24", entrance = Entrance.MODEL, answer = "refused: no plain file name, a link, or there twice")
    void refusesWhatLeadsOut(String what, String file, String problem, Consumer<TestArchive> change) {
        assertRefused(file, problem, change);
    }

    static Stream<Arguments> paths() {
        return Stream.of(
                with("a path upwards", "../manifest.yaml", "is a path", a -> a.add("../manifest.yaml", FEW)),
                with("a path upwards from inside", "x/../../y", "is a path", a -> a.add("x/../../y", FEW)),
                with("an absolute path", "/etc/passwd", "is an absolute path", a -> a.add("/etc/passwd", FEW)),
                with("a drive", "C:model.onnx", "is an absolute path", a -> a.add("C:model.onnx", FEW)),
                with("a share", "\\\\host\\share", "is an absolute path", a -> a.add("\\\\host\\share", FEW)),
                with("a backslash", "..\\x", "is a path", a -> a.add("..\\x", FEW)),
                with("dots alone", "..", "is no plain file name", a -> a.add("..", FEW)),
                with("a folder", "package/", "zip them, not their folder", a -> a.add("package/", new byte[0])),
                with("a name that is none", "(not a name)", "is no plain file name", a -> a.add("a\u0000b", FEW)),
                with("no name", "(not a name)", "is no plain file name", a -> a.add("", FEW)),
                with("a symbolic link", "LICENSE", "is a link", a -> a.add("LICENSE", FEW).unixMode = 0120777),
                with(
                        "a device",
                        "LICENSE",
                        "is a link or a special file",
                        a -> a.add("LICENSE", FEW).unixMode = 020644),
                with("a name twice", "card.yaml", "is there twice", a -> a.add("card.yaml", FEW)),
                with("a name twice by case", "Card.yaml", "is there twice", a -> a.add("Card.yaml", FEW)),
                with(
                        "another name in its header",
                        "card.yaml",
                        "two things",
                        a -> a.part("card.yaml").localName = "cord.yaml"),
                with("an unknown file", "setup.py", "is no file of a package", a -> a.add("setup.py", FEW)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sizes")
    @BadInput(
            id = "M24",
            entrance = Entrance.MODEL,
            answer = "refused: of another size than said, or out of proportion")
    void refusesLiesAboutSizes(String what, String file, String problem, Consumer<TestArchive> change) {
        assertRefused(file, problem, change);
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                with("larger than said", "card.yaml", "has more than the 9 bytes", a -> size(a, 9)),
                with("smaller than said", "card.yaml", "the archive says 999", a -> size(a, 999)),
                with("another size in its header", "card.yaml", "two things", a -> a.part("card.yaml").localSize = 9),
                with("larger than is read", "card.yaml", "grows from", a -> size(a, Integer.MAX_VALUE)),
                with("a bomb", "README.md", "more than 100 fold", a -> a.add("README.md", new byte[4 << 20])),
                with("another checksum", "card.yaml", "its CRC-32", a -> a.part("card.yaml").crc++),
                with("packed bytes left over", "card.yaml", "ends before its packed bytes do", a -> {
                    TestArchive.Part card = a.part("card.yaml");
                    card.packed = Arrays.copyOf(card.packed, card.packed.length + 5);
                }),
                with("packed bytes missing", "card.yaml", "is damaged or cut", a -> {
                    TestArchive.Part card = a.part("card.yaml");
                    card.packed = Arrays.copyOf(card.packed, card.packed.length - 5);
                }),
                with("bytes shared with another", "card.yaml", "overlaps", a -> a.add("LICENSE", FEW).offset = 20),
                with(
                        "a place behind the end",
                        "LICENSE",
                        "overlaps",
                        a -> a.add("LICENSE", FEW).offset = Integer.MAX_VALUE),
                with("too many files", "brightness.zip", "holds 19 files", a -> {
                    for (int i = 0; i < 16; i++) {
                        a.add("f" + i, FEW);
                    }
                }),
                with("fewer files than said", "brightness.zip", "fewer files than it says", a -> a.countLie(1)),
                with("more files than said", "brightness.zip", "more files than it says", a -> a.countLie(-1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void refusesWhatToolsReadDifferently(String what, String file, String problem, Consumer<TestArchive> change) {
        assertRefused(file, problem, change);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                with("encrypted", "card.yaml", "is encrypted", a -> a.part("card.yaml").flags = 1),
                with("packed by bzip2", "card.yaml", "by method 12", a -> a.part("card.yaml").method = 12),
                with("stored with another size", "card.yaml", "is stored as", a -> a.part("card.yaml").method = 0),
                with("bytes before it", "brightness.zip", "before its first file", a -> {
                    a.before(new byte[7]);
                }),
                with("a comment", "brightness.zip", "has a comment", a -> a.comment(FEW)));
    }

    /** Whatever happens to an archive, it is read as the same package or refused by name. */
    @Test
    void damageIsRefusedOrHarmless() throws Exception {
        String digest = PackageReader.read(folder).digest();
        byte[] whole = TestArchive.of(folder).bytes();
        Random random = new Random(24);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = random.nextInt(3); flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(archive, damaged);
            try {
                assertThat(PackageReader.read(archive).digest()).isEqualTo(digest);
            } catch (BadPackage e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(2_000);
    }

    private void assertRefused(String file, String problem, Consumer<TestArchive> change) {
        TestArchive changed = TestArchive.of(folder);
        change.accept(changed);
        changed.write(archive);

        BadPackage refused = catchThrowableOfType(BadPackage.class, () -> PackageReader.read(archive));

        assertThat(refused).isNotNull().hasMessageContaining(problem);
        assertThat(refused.file()).isEqualTo(file);
    }

    private static void size(TestArchive archive, int said) {
        archive.part("card.yaml").size = said;
        archive.part("card.yaml").localSize = said;
    }

    private static Arguments with(String what, String file, String problem, Consumer<TestArchive> change) {
        return Arguments.of(what, file, problem, change);
    }
}
