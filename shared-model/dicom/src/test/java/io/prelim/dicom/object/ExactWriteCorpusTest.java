package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Leniency;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file read and written again is the same bytes, or there is a name for why not. */
class ExactWriteCorpusTest {
    private static final String UNEXPLAINED = "unexplained";

    @ParameterizedTest
    @ValueSource(strings = {"valid", "charset", "dicomdir", "malformed_real"})
    void everyFileIsWrittenBackExactlyOrItIsKnownWhyNot(String folder) throws IOException {
        Map<String, Integer> classes = new TreeMap<>();
        for (Path path : Corpus.files(folder)) {
            classes.merge(classOf(Files.readAllBytes(path)), 1, Integer::sum);
        }
        System.out.printf("written back, %s: %s%n", folder, classes);

        assertThat(classes).doesNotContainKey(UNEXPLAINED).containsKey("exact");
    }

    private static String classOf(byte[] bytes) throws IOException {
        DicomFile file;
        try {
            file = DicomFile.read(new ByteArrayInputStream(bytes), ReadLimits.DEFAULT);
        } catch (MalformedInput e) {
            return "refused";
        }
        byte[] claimed = file.fileMeta().bytes(Tag.FILE_META_INFORMATION_GROUP_LENGTH);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.write(out);
        if (Arrays.equals(out.toByteArray(), bytes)) {
            return "exact";
        }
        if (file.transferSyntax().deflated()) {
            return "deflated by another compressor";
        }
        if (!file.deviations().isEmpty() && !file.deviations().equals(Set.of(Leniency.ODD_LENGTH))) {
            return "departs from the standard: " + new TreeSet<>(file.deviations());
        }
        byte[] made = file.fileMeta().bytes(Tag.FILE_META_INFORMATION_GROUP_LENGTH);
        return Arrays.equals(claimed, made) ? UNEXPLAINED : "group length of file meta made anew";
    }
}
