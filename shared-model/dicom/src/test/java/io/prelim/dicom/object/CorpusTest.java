package io.prelim.dicom.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every file of a corpus is read or refused by a typed error; what is read without a deviation and written again is the same
 * bytes.
 */
class CorpusTest {
    @Test
    void validFilesAreReadAndWrittenBack() throws IOException {
        List<String> refused = new ArrayList<>();
        List<String> differ = new ArrayList<>();
        List<Path> files = Corpus.files("valid");
        int exact = 0;
        for (Path path : files) {
            byte[] bytes = Files.readAllBytes(path);
            try {
                DicomFile file = DicomFile.read(new ByteArrayInputStream(bytes), ReadLimits.DEFAULT);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                file.write(out);
                boolean same = Arrays.equals(out.toByteArray(), bytes);
                exact += same ? 1 : 0;
                if (!same) {
                    differ.add(path.getFileName() + " " + file.deviations() + " "
                            + file.transferSyntax().uid());
                }
            } catch (MalformedInput e) {
                refused.add(path.getFileName() + ": " + e.getMessage());
            }
        }
        System.out.printf(
                "corpus: %d files, %d written back exactly, %d not exactly %s, %d refused %s%n",
                files.size(), exact, differ.size(), differ, refused.size(), refused);

        assertThat(refused.size()).as("refused of the valid: %s", refused).isLessThan(files.size() / 10);
    }

    @Test
    void malformedFilesAreReadOrRefusedByType() throws IOException {
        List<Path> files = Corpus.files("malformed_real");
        int read = 0;
        List<String> refused = new ArrayList<>();
        for (Path path : files) {
            try {
                DicomFile.read(new ByteArrayInputStream(Files.readAllBytes(path)), ReadLimits.DEFAULT);
                read++;
            } catch (MalformedInput e) {
                refused.add(path.getFileName() + ": " + e.getMessage());
            }
        }
        System.out.printf("malformed: %d files, %d read, refused %s%n", files.size(), read, refused);

        assertThat(read + refused.size()).isEqualTo(files.size());
    }
}
