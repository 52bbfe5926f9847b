package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.json.BulkDataPolicy;
import io.prelim.dicom.json.BulkDataResolver;
import io.prelim.dicom.json.DicomJsonReader;
import io.prelim.dicom.json.DicomJsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The DICOM JSON of every file of the corpus beside pydicom's of the same file; pydicom reads ours, we read pydicom's, and
 * what we read of ours is written the same.
 */
@Tag("full")
class DicomJsonCorpusTest {
    /** Why attributes differ, by the names that {@code compare_json.py} gives. */
    private static final Map<String, String> EXPLAINED = Map.of(
            "number_spelled_otherwise", "DS and IS are kept as spelled, FL is the shortest decimal of its 32 bits",
            "empty_or_padding", "null or nothing for what is empty, no padding",
            "vr_resolved", "UN stays UN, as the source has it; pydicom asks its dictionary",
            "vr_ambiguous", "pydicom leaves 'US or SS' open",
            "fragments_delimited", "pydicom keeps the delimiter of some fragments",
            "big_endian_not_turned", "pydicom leaves OW as it came from big endian");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"valid", "charset", "dicomdir", "malformed_real"})
    void theModelIsPydicoms(String corpus) throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        List<String> input = new ArrayList<>();
        for (Path file : Corpus.files(corpus)) {
            DicomFile read = read(file);
            if (read != null) {
                byte[] json = write(read.dataSet());
                Path ours = Files.write(folder.resolve(files.size() + ".ours"), json);
                input.add(file + "\t" + ours + "\t" + theirs(files.size()));
                files.add(file);
                if (!read.deviations().contains(Leniency.ODD_LENGTH)) {
                    assertThat(withoutCharacterSet(write(read(json))))
                            .as("%s read and written", file.getFileName())
                            .isEqualTo(withoutCharacterSet(json));
                }
            }
        }

        Map<Path, Reading> readings = Pydicom.read(files);
        Map<String, Integer> classes = new TreeMap<>();
        List<String> unexplained = new ArrayList<>();
        Set<String> otherwise = Set.of();
        Path file = null;
        for (String line : Pydicom.run("compare_json.py", input)) {
            String[] fields = line.split(" ", 3);
            switch (fields[0]) {
                case "F" -> {
                    file = Path.of(line.substring(2));
                    otherwise = differing(Reading.own(file), readings.get(file));
                }
                case "D" -> {
                    String why = otherwise.contains(fields[2]) ? "read_otherwise" : fields[1];
                    classes.merge(why, 1, Integer::sum);
                    if (!why.equals("read_otherwise") && !EXPLAINED.containsKey(why)) {
                        unexplained.add(file.getFileName() + " " + line);
                    }
                }
                case "OK" -> classes.merge("compared", Integer.parseInt(fields[1]), Integer::sum);
                default -> classes.merge("pydicom gave up", 1, Integer::sum);
            }
        }
        System.out.printf("json beside pydicom, %s: %d files, attributes %s%n", corpus, files.size(), classes);

        assertThat(unexplained).isEmpty();
        for (int i = 0; i < files.size(); i++) {
            if (Files.exists(theirs(i))) {
                assertThat(read(Files.readAllBytes(theirs(i))).isEmpty())
                        .as("pydicom's JSON of %s", files.get(i).getFileName())
                        .isFalse();
            }
        }
    }

    private Path theirs(int number) {
        return folder.resolve(number + ".theirs");
    }

    /** The paths that the two read differently, which no JSON of theirs can be alike in. */
    private static Set<String> differing(Reading own, Reading other) {
        Set<String> paths = new HashSet<>(own.lines().keySet());
        paths.addAll(other.lines().keySet());
        paths.removeIf(path -> Difference.between(path, own, other) == null);
        return paths;
    }

    /** Null for what is refused. */
    private static DicomFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return DicomFile.read(in, ReadLimits.DEFAULT);
        } catch (MalformedInput e) {
            return null;
        }
    }

    private static DataSet read(byte[] json) throws IOException {
        return DicomJsonReader.read(new ByteArrayInputStream(json), ReadLimits.DEFAULT, BulkDataResolver.NONE);
    }

    private static byte[] write(DataSet dataSet) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomJsonWriter.write(dataSet, out, BulkDataPolicy.INLINE);
        return out.toByteArray();
    }

    /** Without the element that is ISO_IR 192 when JSON is read. */
    private static String withoutCharacterSet(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).replaceAll("\"00080005\":\\{[^}]*\\},?", "");
    }
}
