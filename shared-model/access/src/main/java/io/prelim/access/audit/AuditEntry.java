package io.prelim.access.audit;

import io.prelim.access.Caller;
import io.prelim.events.Phi;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing that somebody did, or tried.
 *
 * @param refused    why it was not done, in words without identity; null when it was
 * @param address    the client's, as the connection says
 * @param what       kind and key of what it was about; null for a search
 * @param site       whose it is; null where that is not known
 * @param patient    null where it is not known
 * @param query      the request's path and query, for a search; else null
 * @param breakGlass why somebody looked at what is not theirs; else null. Identified, as it may name the patient
 */
public record AuditEntry(
        Action action,
        String refused,
        Instant at,
        Caller caller,
        String address,
        What what,
        String site,
        Patient patient,
        String query,
        Phi<String> breakGlass) {
    /** What was done, by FHIR's names of interactions. */
    public enum Action {
        READ,
        QUERY,
        CREATE,
        UPDATE
    }

    /**
     * @param type            a FHIR R4 resource, such as {@code DiagnosticReport}
     * @param studyInstanceUid null where there is none
     */
    public record What(String type, UUID key, String studyInstanceUid) {}

    /** @param issuer of the id; null where it is not known */
    public record Patient(Phi<String> id, String issuer) {}
}
