package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every element of every file of the corpus beside pydicom's reading of it: tag, value representation, length, bytes,
 * nesting, text and whole numbers. No more files are refused than are none, or are cut or beyond a limit. Differences are of the classes that {@link Difference} explains, or the test fails.
 */
@Tag("full")
class ElementsCorpusTest {
    @ParameterizedTest
    @CsvSource({"valid, 1", "charset, 0", "dicomdir, 2", "codec_raw, 6", "malformed_real, 5"})
    void everyElementIsAsPydicomReadsIt(String folder, int mayBeRefused) throws IOException, InterruptedException {
        List<Path> files = Corpus.files(folder);
        Map<Path, Reading> theirs = Pydicom.read(files);
        int elements = 0;
        int refused = 0;
        Map<String, Integer> outcomes = new TreeMap<>();
        Map<Difference, Integer> differences = new TreeMap<>();
        Set<String> unexplained = new TreeSet<>();
        for (Path file : files) {
            Reading own = Reading.own(file);
            Reading other = theirs.get(file);
            Set<Difference> ofFile = new TreeSet<>();
            if (own.refused() == null && other.refused() == null) {
                for (String path : union(own, other)) {
                    elements++;
                    Difference difference = Difference.between(path, own, other);
                    if (difference != null) {
                        ofFile.add(difference);
                        differences.merge(difference, 1, Integer::sum);
                    }
                    if (difference == Difference.UNEXPLAINED) {
                        unexplained.add(file.getFileName() + " " + path + " "
                                + own.lines().get(path) + " / " + other.lines().get(path));
                    }
                }
            }
            outcomes.merge(outcome(own, other, ofFile), 1, Integer::sum);
            if (own.refused() != null) {
                refused++;
                System.out.println("refused " + file.getFileName() + ": " + own.refused() + "; pydicom: "
                        + (other.refused() == null ? "read" : other.refused()));
            } else if (other.refused() != null) {
                System.out.println("read " + file.getFileName() + "; pydicom: " + other.refused());
            }
        }
        System.out.printf(
                "beside pydicom, %s: %d files %s, %d elements compared, differing %s%n",
                folder, files.size(), outcomes, elements, differences);

        assertThat(unexplained).isEmpty();
        assertThat(refused).as("files refused").isLessThanOrEqualTo(mayBeRefused);
        assertThat(elements).as("elements compared").isGreaterThanOrEqualTo(files.size() - mayBeRefused);
    }

    private static Set<String> union(Reading own, Reading other) {
        Set<String> paths = new TreeSet<>(own.lines().keySet());
        paths.addAll(other.lines().keySet());
        return paths;
    }

    private static String outcome(Reading own, Reading other, Set<Difference> differences) {
        if (own.refused() != null) {
            return "refused " + own.refused().substring(0, own.refused().indexOf(':'));
        }
        if (other.refused() != null) {
            return "read here alone";
        }
        return differences.isEmpty() ? "agree" : "differ as explained";
    }
}
