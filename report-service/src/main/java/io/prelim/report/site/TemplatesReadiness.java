package io.prelim.report.site;

import io.prelim.report.template.BadSiteFile;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready with the last good templates; says what is wrong with the newest. */
@Readiness
@ApplicationScoped
class TemplatesReadiness implements HealthCheck {
    private final SiteTemplates templates;

    TemplatesReadiness(SiteTemplates templates) {
        this.templates = templates;
    }

    @Override
    public HealthCheckResponse call() {
        SiteTemplates.Standing standing = templates.standing();
        BadSiteFile problem = standing.problem();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("templates")
                .status(standing.set() != null)
                .withData("since", standing.since().toString());
        return problem == null
                ? response.build()
                : response.withData("problem", problem.getMessage()).build();
    }
}
