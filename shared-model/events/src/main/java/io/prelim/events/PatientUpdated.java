package io.prelim.events;

import java.time.Instant;
import java.util.UUID;

/**
 * What is known of a patient, as it stands now. Identified: restricted topic {@link Topics#PATIENTS}, kept 7 days.
 *
 * @param patientKey {@link IdentityKeys#patient}
 * @param occurredAt when the sender said so
 */
public record PatientUpdated(UUID patientKey, Patient patient, Instant occurredAt) implements Event {
    @Override
    public String key() {
        return patientKey.toString();
    }
}
