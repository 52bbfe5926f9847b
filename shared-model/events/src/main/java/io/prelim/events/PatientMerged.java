package io.prelim.events;

import java.time.Instant;
import java.util.UUID;

/**
 * Two ids are of one patient, and the prior one is no longer used. Identified: restricted topic {@link Topics#PATIENTS}, kept 7 days.
 *
 * @param patientKey {@link IdentityKeys#patient} of the patient that goes on
 * @param patient    the one that goes on
 * @param priorKey   {@link IdentityKeys#patient} of the id that is no longer used
 * @param prior      what is known under that id
 * @param occurredAt when the sender said so
 */
public record PatientMerged(UUID patientKey, Patient patient, UUID priorKey, Patient prior, Instant occurredAt)
        implements Event {
    @Override
    public String key() {
        return patientKey.toString();
    }
}
