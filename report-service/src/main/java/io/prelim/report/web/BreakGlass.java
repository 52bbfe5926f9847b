package io.prelim.report.web;

import io.prelim.access.Callers;
import io.prelim.access.Roles;
import io.prelim.access.audit.AuditEntry.Action;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;

/** A radiologist reads a report of another site in an emergency, and says why. */
@ApplicationScoped
class BreakGlass {
    static final String HEADER = "Prelim-Break-Glass";

    private static final Pattern REASON = Pattern.compile("[^\\p{Cntrl}\\s][^\\p{Cntrl}]{8,198}[^\\p{Cntrl}\\s]");

    private final Callers callers;
    private final CurrentVertxRequest request;

    BreakGlass(Callers callers, CurrentVertxRequest request) {
        this.callers = callers;
        this.request = request;
    }

    /**
     * What this request says. Identified, as it may name the patient.
     *
     * @throws BadParameter if it is no reason
     */
    Optional<String> reason() {
        String said = request.getCurrent().request().getHeader(HEADER);
        if (said == null) {
            return Optional.empty();
        }
        String reason = said.strip();
        if (!REASON.matcher(reason).matches()) {
            throw new BadParameter(
                    HEADER, "must be a reason of 10 to 200 characters, none of them a control character");
        }
        return Optional.of(reason);
    }

    /** Whether whoever asks may, for this. */
    boolean breaks(Action action) {
        return action == Action.READ && callers.current().is(Roles.RADIOLOGIST);
    }
}
