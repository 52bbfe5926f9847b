package io.prelim.report.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.access.Roles;
import io.prelim.report.web.Endpoints.Endpoint;
import io.prelim.testkit.docs.GeneratedText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which roles each endpoint is for: none is forgotten, and the documentation says the same. */
class AccessMatrixTest {
    private final List<Endpoint> endpoints = Endpoints.all();

    @Test
    void everyEndpointSaysWhoseItIs() {
        assertThat(endpoints).hasSizeGreaterThan(15);
        assertThat(endpoints.stream().filter(each -> each.problem() != null).map(each -> each + " " + each.problem()))
                .isEmpty();
    }

    @Test
    void allFormsOfAnAnswerAreForTheSameRoles() {
        assertThat(endpoints.stream().collect(Collectors.groupingBy(Endpoint::toString, Collectors.counting())))
                .allSatisfy((endpoint, count) -> assertThat(count).as(endpoint).isEqualTo(1L));
    }

    @Test
    void theMatrixIsDocumented() throws IOException {
        StringBuilder table = new StringBuilder("| endpoint |");
        Roles.ALL.forEach(role -> table.append(' ').append(role).append(" |"));
        table.append(" of a site |\n|---|")
                .append(":-:|".repeat(Roles.ALL.size()))
                .append("---|\n");
        for (Endpoint each : endpoints) {
            table.append("| `").append(each).append("` |");
            Roles.ALL.forEach(role ->
                    table.append(each.roles() == null ? " |" : each.roles().contains(role) ? " yes |" : " |"));
            table.append(' ')
                    .append(
                            each.roles() == null
                                    ? "token of its own"
                                    : each.ofReport()
                                            ? "404 for others, recorded"
                                            : WITHOUT_SITE.getOrDefault(each.path(), "others' left out"))
                    .append(" |\n");
        }
        GeneratedText.check("deploy/docs/access.md", "report-service", table.toString());
    }

    /** What has nothing to do with a site; what else is not one report's leaves out what is of others. */
    private static final Map<String, String> WITHOUT_SITE = Map.ofEntries(
            Map.entry("/api/archive", "no"),
            Map.entry("/api/archive/{name}/retry", "no"),
            Map.entry("/api/destinations", "no"),
            Map.entry("/api/destinations/{name}/retry", "no"),
            Map.entry("/api/me", "no"),
            Map.entry("/api/models/{digest}/card", "no"),
            Map.entry("/api/templates", "no"),
            Map.entry("/api/webhooks", "no"),
            Map.entry("/api/webhooks/{name}", "no"),
            Map.entry("/fhir/metadata", "no"),
            Map.entry("/fhircast", "sessions of others' refused, reports of others' not shared"),
            Map.entry("/fhircast/.well-known/fhircast-configuration", "no"),
            Map.entry("/fhircast/{topic}", "404 for a session of others'"),
            Map.entry("/fhir/Observation/{id}", "404 for others, recorded"),
            Map.entry("/fhir/ImagingStudy/{id}", "404 for others, recorded"));
}
