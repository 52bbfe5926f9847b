package io.prelim.report.render;

import io.prelim.events.ReportChanged;

/**
 * A report's status in each standard. {@code P} in OBR-25 and {@code preliminary} on a FHIR R4 DiagnosticReport both mean
 * <em>verified</em> early results, and archives import them as verified; what nobody has looked at must never carry them.
 *
 * <p>HL7 v2.5.1 table 0123 (OBR-25) and 0085 (OBX-11); FHIR R4 diagnostic-report-status and observation-status; DICOM PS3.3
 * C.17.2 (0040,A493) and (0040,A496).
 */
public enum StandardStatus {
    DRAFT("DRAFT - not reviewed", "R", "R", "partial", "preliminary", "UNVERIFIED", "PRELIMINARY"),
    REVIEWED("reviewed, not signed", "P", "P", "preliminary", "preliminary", "UNVERIFIED", "PRELIMINARY"),
    SIGNED("signed", "F", "F", "final", "final", "VERIFIED", "FINAL"),
    ADDENDED("signed, with addendum", "F", "F", "appended", "final", "VERIFIED", "FINAL"),
    CORRECTED("corrected", "C", "C", "corrected", "corrected", "VERIFIED", "FINAL"),
    RETRACTED("retracted", "X", "D", "entered-in-error", "entered-in-error", null, null);

    private final String text;
    private final String obr25;
    private final String obx11;
    private final String diagnosticReport;
    private final String observation;
    private final String verificationFlag;
    private final String preliminaryFlag;

    StandardStatus(
            String text,
            String obr25,
            String obx11,
            String diagnosticReport,
            String observation,
            String verificationFlag,
            String preliminaryFlag) {
        this.text = text;
        this.obr25 = obr25;
        this.obx11 = obx11;
        this.diagnosticReport = diagnosticReport;
        this.observation = observation;
        this.verificationFlag = verificationFlag;
        this.preliminaryFlag = preliminaryFlag;
    }

    /** @throws IllegalArgumentException for a status this version does not know: it must not be shown as another */
    public static StandardStatus of(ReportChanged.Status status) {
        return switch (status) {
            case DRAFT -> DRAFT;
            case REVIEWED -> REVIEWED;
            case SIGNED -> SIGNED;
            case ADDENDED -> ADDENDED;
            case CORRECTED -> CORRECTED;
            case RETRACTED -> RETRACTED;
            case UNKNOWN -> throw new IllegalArgumentException("unknown report status");
        };
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** HL7 v2 OBR-25. */
    public String obr25() {
        return obr25;
    }

    /** HL7 v2 OBX-11. */
    public String obx11() {
        return obx11;
    }

    /** FHIR R4 DiagnosticReport.status. */
    public String diagnosticReport() {
        return diagnosticReport;
    }

    /** FHIR R4 Observation.status. */
    public String observation() {
        return observation;
    }

    /** DICOM Verification Flag (0040,A493); null where a rejection note takes the document's place. */
    public String verificationFlag() {
        return verificationFlag;
    }

    /** Whether somebody signed it. */
    public boolean verified() {
        return "VERIFIED".equals(verificationFlag);
    }

    /** DICOM Preliminary Flag (0040,A496); null where a rejection note takes the document's place. */
    public String preliminaryFlag() {
        return preliminaryFlag;
    }
}
