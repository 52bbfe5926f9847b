package io.prelim.ingest.web.qido;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.prelim.ingest.web.BadParameter;
import io.prelim.ingest.web.dicom.Accept;
import io.prelim.ingest.web.dicom.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Parameters are a search or a {@link BadParameter} that shows no value; every value of a search is a parameter of its statement. The first
 * line is an Accept header too.
 */
class QueryFuzzTest {
    private static final Query.Bounds BOUNDS = new Query.Bounds(10, 20, 30);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "PatientName=A*^?=B\nStudyDate=20260101-\nincludefield=all\nlimit=3",
                        "0020000D=1.2\\1.3,1.4\n00400275.00401001=x%_\\\nStudyTime=10-1130.5\noffset=7",
                        "multipart/related; type=\"application/dicom\"; transfer-syntax=*;q=0.5, */*;q=0\nSeriesNumber=+1",
                        "application/*;q=1.000,\"\\\nModalitiesInStudy=CT\nfuzzymatching=true\nStudyTime=-1")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void parametersAreASearchOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        text.lines().limit(50).forEach(line -> {
            int equals = Math.max(0, line.indexOf('='));
            parameters
                    .computeIfAbsent(line.substring(0, equals), name -> new ArrayList<>())
                    .add(line.substring(Math.min(line.length(), equals + 1)));
        });
        Accept.of(text.lines().limit(1).toList()).choose(Json.OFFERS);
        for (Level level : Level.values()) {
            Query query;
            try {
                query = Query.parse(level, new Query.Path(null, null), parameters, BOUNDS);
            } catch (BadParameter e) {
                assertThat(e.getMessage()).hasSizeLessThan(200);
                continue;
            }
            Statement statement = Statement.of(query, "issuer", null, List.of());
            assertThat(statement.sql().chars().filter(c -> c == '?').count())
                    .isEqualTo(statement.parameters().size());
            assertThat(statement.sql()).matches("[\\x20-\\x7E\\n]*");
        }
    }
}
