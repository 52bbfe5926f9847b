package io.prelim.ingest.web;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.priors.PriorsUnavailable;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/** Every error leaves as problem+json, whatever threw it. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable fault) {
        if (fault instanceof BadParameter bad) {
            return Problem.response(400, bad.getMessage(), bad.parameter()).build();
        }
        if (fault instanceof Refused refused) {
            return refusal(refused);
        }
        if (fault instanceof MalformedInput malformed) {
            // of what is stored: it is legal to store what cannot be read so
            return Problem.response(422, malformed.getMessage(), null).build();
        }
        if (fault instanceof PriorsUnavailable unavailable) {
            int status = unavailable.why() == PriorsUnavailable.Why.ARCHIVE_FAILED ? 502 : 409;
            return Problem.response(status, unavailable.getMessage(), null).build();
        }
        if (fault instanceof WebApplicationException known
                && known.getResponse().getStatus() < 500) {
            int status = known.getResponse().getStatus();
            Response.ResponseBuilder response = Problem.response(status, detail(status), null);
            if (status == 401) {
                response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            }
            return response.build();
        }
        OperatorMessage.REQUEST_FAILED.log(LOG, "reason", OperatorMessage.reason(fault));
        return Problem.response(503, "The request could not be answered now.", null)
                .header(HttpHeaders.RETRY_AFTER, 5)
                .build();
    }

    private static Response refusal(Refused refused) {
        Response.ResponseBuilder response = Problem.response(refused.status(), refused.getMessage(), null);
        if (refused.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (refused.status() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, 5);
        }
        return response.build();
    }

    private static String detail(int status) {
        return switch (status) {
            case 401 -> "The request needs a bearer token that is known here.";
            case 403 -> "The token's owner may not read parts of this class.";
            case 404 -> "There is nothing at this address.";
            case 405 -> "The address does not take this method.";
            case 406 -> "The address does not answer in a type that was asked for.";
            default -> "The request could not be answered.";
        };
    }
}
