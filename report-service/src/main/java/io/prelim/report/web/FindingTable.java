package io.prelim.report.web;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.prelim.report.draft.PlainText;
import io.prelim.report.store.FoundFindings.Found;
import java.util.List;

/** Findings as CSV (RFC 4180). A text is on one line; what a spreadsheet would take for a formula stands behind an apostrophe. */
final class FindingTable {
    private static final CsvMapper CSV = new CsvMapper();
    private static final ObjectWriter WRITER =
            CSV.writer(CSV.schemaFor(Line.class).withHeader());

    private FindingTable() {}

    static String csv(List<Found> findings) throws JsonProcessingException {
        return WRITER.writeValueAsString(
                findings.stream().map(FindingTable::line).toList());
    }

    private static Line line(Found found) {
        return new Line(
                found.analyzedAt().toString(),
                found.reportKey().toString(),
                found.version(),
                found.studyInstanceUid(),
                found.findingId().toString(),
                plain(found.scheme()),
                plain(found.code()),
                plain(found.meaning()),
                plain(found.laterality()),
                found.presence(),
                found.probability(),
                plain(found.modelId()),
                plain(found.modelVersion()),
                found.researchOnly(),
                plain(String.join(" ", found.modalities())),
                plain(found.site()),
                plain(found.ageBand()),
                plain(found.sex()),
                found.status().name(),
                plain(String.join(", ", found.manufacturers())));
    }

    private static String plain(String text) {
        String plain = PlainText.of(text);
        return plain.isEmpty() || "=+-@".indexOf(plain.charAt(0)) < 0 ? plain : "'" + plain;
    }

    @JsonPropertyOrder({
        "analyzedAt",
        "reportKey",
        "version",
        "studyInstanceUid",
        "findingId",
        "scheme",
        "code",
        "meaning",
        "laterality",
        "presence",
        "probability",
        "modelId",
        "modelVersion",
        "researchOnly",
        "modalities",
        "site",
        "ageBand",
        "sex",
        "status",
        "manufacturers"
    })
    private record Line(
            String analyzedAt,
            String reportKey,
            int version,
            String studyInstanceUid,
            String findingId,
            String scheme,
            String code,
            String meaning,
            String laterality,
            String presence,
            double probability,
            String modelId,
            String modelVersion,
            boolean researchOnly,
            String modalities,
            String site,
            String ageBand,
            String sex,
            String status,
            String manufacturers) {}
}
