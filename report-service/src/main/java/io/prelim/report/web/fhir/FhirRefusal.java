package io.prelim.report.web.fhir;

import io.prelim.report.render.fhir.FhirReport;
import jakarta.ws.rs.core.Response;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** A question that gets no answer. Its words hold nothing of what was sent. */
final class FhirRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final IssueType type;

    private FhirRefusal(int status, IssueType type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    /** @param parameter that is wrong */
    static FhirRefusal bad(String parameter, String problem) {
        return bad(parameter + " " + problem);
    }

    static FhirRefusal bad(String message) {
        return new FhirRefusal(400, IssueType.INVALID, message);
    }

    static FhirRefusal unknown(String message) {
        return new FhirRefusal(400, IssueType.NOTSUPPORTED, message);
    }

    static FhirRefusal notFound() {
        return new FhirRefusal(404, IssueType.NOTFOUND, "There is no such resource, or version of it.");
    }

    Response response() {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(type).setDiagnostics(getMessage());
        return Response.status(status)
                .type(FhirReport.MEDIA_TYPE)
                .entity(FhirReport.CONTEXT.newJsonParser().encodeResourceToString(outcome))
                .build();
    }
}
