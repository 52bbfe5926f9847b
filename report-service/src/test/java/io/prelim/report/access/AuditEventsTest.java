package io.prelim.report.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.access.Caller;
import io.prelim.access.Roles;
import io.prelim.access.Sites;
import io.prelim.access.audit.AuditEntry;
import io.prelim.access.audit.AuditEntry.Action;
import io.prelim.access.audit.AuditEvents;
import io.prelim.events.Phi;
import io.prelim.report.render.fhir.FhirReportTest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Audit events held against the profiles of R4; those of BALP are not on this machine. */
class AuditEventsTest {
    private static final Caller READER =
            new Caller("r.meier", Set.of(Roles.RADIOLOGIST), Sites.of(Set.of("north")), true);

    private static String json(Action action, String refused, boolean known, String reason) {
        boolean query = action == Action.QUERY;
        return AuditEvents.json(
                UUID.randomUUID(),
                "prelim-report",
                new AuditEntry(
                        action,
                        refused,
                        Instant.parse("2026-03-01T08:00:00.123Z"),
                        READER,
                        "192.0.2.7",
                        query ? null : new AuditEntry.What("DiagnosticReport", UUID.randomUUID(), "1.2.3"),
                        known ? "north" : null,
                        known ? new AuditEntry.Patient(Phi.of("4711"), "hospital") : null,
                        query ? "/api/reports?studyInstanceUid=1.2.3" : null,
                        Phi.ofNullable(reason)));
    }

    @ParameterizedTest
    @EnumSource
    void everyActionIsAValidAuditEventOfItsPattern(Action action) {
        String pattern = action.name().charAt(0) + action.name().substring(1).toLowerCase(Locale.ROOT);
        for (boolean known : List.of(true, false)) {
            String json = json(action, null, known, null);

            assertThat(errors(json)).as(json).isEmpty();
            assertThat(json).contains("IHE.BasicAudit." + (known ? "Patient" : "") + pattern + "\"");
        }
    }

    @Test
    void whatWasRefusedClaimsNoPatternOfSuccess() {
        String json = json(Action.READ, "the user's roles do not allow it", true, null);

        assertThat(errors(json)).as(json).isEmpty();
        assertThat(json).contains("\"outcome\":\"4\"").doesNotContain("profile");
    }

    @Test
    void brokenGlassIsThePurpose() {
        String json = json(Action.READ, null, true, "unconscious, no name known");

        assertThat(errors(json)).as(json).isEmpty();
        assertThat(json).contains("\"BTG\"", "unconscious, no name known");
    }

    @Test
    void aPageIsASearchset() {
        String page = AuditEvents.searchset(
                List.of(json(Action.READ, null, true, null), json(Action.QUERY, null, false, null)),
                "http://127.0.0.1/api/audit",
                "http://127.0.0.1/api/audit?before=7");

        assertThat(errors(page)).as(page).isEmpty();
    }

    private static List<String> errors(String json) {
        return FhirReportTest.errors(json).stream()
                .filter(error -> !error.contains("profiles.ihe.net"))
                .toList();
    }
}
