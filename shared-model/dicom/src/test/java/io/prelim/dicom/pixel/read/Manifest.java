package io.prelim.dicom.pixel.read;

import io.prelim.dicom.object.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The corpus's list of files, with what GDCM and DCMTK decode their pixels to. */
public final class Manifest {
    /**
     * A file.
     *
     * @param gdcm SHA-256 of all its frames' bytes by GDCM, empty when it has none
     * @param dcmtk the same by DCMTK
     */
    public record Row(String name, Path file, String gdcm, String dcmtk) {
        boolean known() {
            return !gdcm.isEmpty() || !dcmtk.isEmpty();
        }

        boolean agreed() {
            return known() && gdcm.equals(dcmtk);
        }
    }

    private Manifest() {}

    /** Its rows; the test is skipped where there is no corpus. */
    public static List<Row> rows() throws IOException {
        Path manifest = Corpus.file("manifest.csv");
        List<String> lines = Files.readAllLines(manifest);
        List<String> names = fields(lines.get(0));
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> fields = fields(line);
            String name = fields.get(names.indexOf("file"));
            rows.add(new Row(
                    name,
                    manifest.resolveSibling(name),
                    fields.get(names.indexOf("ref_pixels_sha256_gdcm")),
                    fields.get(names.indexOf("ref_pixels_sha256_dcmtk"))));
        }
        return rows;
    }

    /** Fields of a line, those with commas in them in quotation marks. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
