package io.prelim.report.web;

import io.prelim.report.fhircast.Refused;
import io.prelim.report.neighbour.Unanswered;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.review.UnusableReview;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error leaves as problem+json. */
class ProblemMappers {
    private static final OperatorLog LOG = OperatorLog.of(ProblemMappers.class);

    @ServerExceptionMapper
    Response map(BadParameter problem) {
        return Problem.response(400, problem.getMessage(), problem.parameter());
    }

    @ServerExceptionMapper
    Response map(UnusableReview problem) {
        return Problem.response(400, problem.getMessage(), problem.parameter());
    }

    @ServerExceptionMapper
    Response map(Unanswered problem) {
        return Problem.response(problem.status(), problem.getMessage(), null);
    }

    @ServerExceptionMapper
    Response map(Refused problem) {
        return Problem.response(problem.status(), problem.getMessage(), null);
    }

    @ServerExceptionMapper
    Response map(WebApplicationException problem) {
        Response original = problem.getResponse();
        Response response = Problem.response(original.getStatus(), detail(original.getStatus()), null);
        return original.getHeaderString("Retry-After") == null
                ? response
                : Response.fromResponse(response)
                        .header("Retry-After", original.getHeaderString("Retry-After"))
                        .build();
    }

    @ServerExceptionMapper
    Response map(RuntimeException fault) {
        LOG.write(OperatorMessage.REQUEST_FAILED, "fault", OperatorLog.fault(fault));
        return Problem.response(503, "The request could not be answered now.", null);
    }

    private static String detail(int status) {
        return switch (status) {
            case 401 -> "A user that this service knows is needed.";
            case 403 -> "The user's roles do not allow this.";
            case 404 -> "There is no such report, version, evidence or address.";
            case 405 -> "The address does not take this method.";
            case 406 ->
                "The address answers in none of these forms. A report is application/json, text/plain, text/html,"
                        + " application/pdf, application/dicom, application/fhir+json or application/hl7-v2; findings are"
                        + " application/json, text/csv or application/fhir+ndjson; a stream is text/event-stream.";
            case 503 -> "Too many clients; try again later.";
            default -> "The request could not be answered.";
        };
    }
}
