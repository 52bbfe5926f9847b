package io.prelim.events;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who the study is about, for the report alone. Identified: restricted topic {@link Topics#PATIENT_CONTEXT}, kept 48 h.
 * Null where the images and the order do not say.
 *
 * @param patientName      as in (0010,0010), components joined by {@code ^}
 * @param patientId        (0010,0020)
 * @param issuer           issuer of the patient id
 * @param birthDate        (0010,0030), {@code yyyyMMdd}
 * @param sex              (0010,0040)
 * @param accessionNumber  (0008,0050)
 * @param studyDate        (0008,0020), {@code yyyyMMdd}
 * @param studyDescription (0008,1030)
 * @param indication       reason for the examination, from the order
 * @param procedure        the mapped procedure code, from the order; null when unmapped
 * @param orders           those the study was made for, the latest first; null when none is matched
 */
public record PatientContext(
        UUID studyKey,
        String studyInstanceUid,
        int revision,
        @Nullable Phi<String> patientName,
        @Nullable Phi<String> patientId,
        @Nullable String issuer,
        @Nullable Phi<String> birthDate,
        @Nullable String sex,
        @Nullable Phi<String> accessionNumber,
        @Nullable String studyDate,
        @Nullable Phi<String> studyDescription,
        @Nullable Phi<String> indication,
        @Nullable Code procedure,
        @Nullable List<OrderReference> orders)
        implements Event {
    public PatientContext {
        orders = orders == null || orders.isEmpty() ? null : List.copyOf(orders);
    }

    /** The same with the number of another revision. */
    public PatientContext ofRevision(int number) {
        return new PatientContext(
                studyKey,
                studyInstanceUid,
                number,
                patientName,
                patientId,
                issuer,
                birthDate,
                sex,
                accessionNumber,
                studyDate,
                studyDescription,
                indication,
                procedure,
                orders);
    }

    @Override
    public String key() {
        return studyKey.toString();
    }
}
