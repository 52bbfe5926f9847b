package io.prelim.ingest.index;

import io.prelim.events.Code;
import io.prelim.events.OrderReference;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;

/** Who a study is about. Read for the patient context, and for the age band that inference may know; written by native statements. */
@Entity
@Table(name = "study_identity")
public class StudyIdentityRow {
    @Id
    @Column(name = "study_key")
    private UUID studyKey;

    @Column(name = "patient_name")
    private String patientName;

    @Column(name = "patient_id")
    private String patientId;

    @Column(name = "patient_issuer")
    private String patientIssuer;

    @Column(name = "birth_date")
    private String birthDate;

    private String sex;
    private String age;

    @Column(name = "accession_number")
    private String accessionNumber;

    @Column(name = "study_date")
    private String studyDate;

    @Column(name = "study_description")
    private String studyDescription;

    @Column(name = "procedure_scheme")
    private String procedureScheme;

    @Column(name = "procedure_value")
    private String procedureValue;

    @Column(name = "procedure_meaning")
    private String procedureMeaning;

    protected StudyIdentityRow() {}

    /** Null when no object named one. */
    public Phi<String> patientId() {
        return Phi.ofNullable(patientId);
    }

    /** Of the patient ID, or null. */
    public String patientIssuer() {
        return patientIssuer;
    }

    /** (0010,0040) when it is F, M or O, else null. */
    public String sex() {
        return sex;
    }

    /** (0010,1010) as received, or null. */
    public String age() {
        return age;
    }

    /** {@code yyyyMMdd}, or null. */
    public Phi<String> birthDate() {
        return Phi.ofNullable(birthDate);
    }

    /** {@code yyyyMMdd}, or null. */
    public String studyDate() {
        return studyDate;
    }

    /** The mapped procedure code; null when unmapped. */
    public Code procedure() {
        return procedureScheme == null || procedureValue == null
                ? null
                : new Code(procedureScheme, procedureValue, procedureMeaning);
    }

    /**
     * For the report alone.
     *
     * @param indication from the order; null where there is none
     * @param orders     that the study was made for
     */
    public PatientContext context(
            String studyInstanceUid, int revision, Phi<String> indication, List<OrderReference> orders) {
        return new PatientContext(
                studyKey,
                studyInstanceUid,
                revision,
                Phi.ofNullable(patientName),
                Phi.ofNullable(patientId),
                patientIssuer,
                Phi.ofNullable(birthDate),
                sex,
                Phi.ofNullable(accessionNumber),
                studyDate,
                Phi.ofNullable(studyDescription),
                indication,
                procedure(),
                orders);
    }

    @Override
    public String toString() {
        return "StudyIdentityRow[" + studyKey + "]";
    }
}
