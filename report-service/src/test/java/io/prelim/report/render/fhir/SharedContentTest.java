package io.prelim.report.render.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.report.render.ReportView;
import io.prelim.report.render.Reports;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each resource by itself is R4, and refers to nothing that is not in the session. */
class SharedContentTest {
    private static final Pattern REFERENCE = Pattern.compile("\"reference\":\"([^\"]*)\"");

    @Test
    void everySampleIsSharedWhole() {
        Reports.samples().forEach((name, view) -> {
            SharedContent shared = SharedContent.of(view, "Patient/p", "ImagingStudy/s");

            Set<String> known = new HashSet<>(shared.resources().keySet());
            known.addAll(Set.of("Patient/p", "ImagingStudy/s"));
            assertThat(known).as(name).contains("DiagnosticReport/" + view.reportKey());
            shared.resources().forEach((reference, json) -> {
                assertThat(FhirReportTest.errors(json))
                        .as(name + " " + reference)
                        .isEmpty();
                Matcher matcher = REFERENCE.matcher(json);
                while (matcher.find()) {
                    assertThat(known).as(name + " " + reference).contains(matcher.group(1));
                }
            });
            assertThat(shared.resources().toString()).as(name).doesNotContain("presentedForm");
        });
    }

    @Test
    void whatOpensAFeedSaysNothingButWhichReportOfWhom() {
        ReportView view = Reports.samples().values().iterator().next();
        SharedContent shared = SharedContent.of(view, null, null);

        assertThat(FhirReportTest.errors(shared.opening())).isEmpty();
        assertThat(shared.opening())
                .contains("\"status\":\"unknown\"", view.reportKey().toString())
                .contains("ImagingStudy/" + view.studyKey())
                .doesNotContain("conclusion", "result");
        assertThat(shared.study()).contains("urn:oid:" + view.studyInstanceUid());
        // the version alone decides the bytes: what did not change is not shared again
        assertThat(SharedContent.of(view, null, null)).isEqualTo(shared);
    }
}
