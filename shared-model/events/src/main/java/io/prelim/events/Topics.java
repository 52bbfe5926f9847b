package io.prelim.events;

import java.util.List;

/**
 * Topic names without their prefix. A service puts {@code prelim.topics.prefix} (default {@value #DEFAULT_PREFIX}) before each, so
 * that several installations, or tests, can share a broker.
 */
public final class Topics {
    public static final String DEFAULT_PREFIX = "prelim.";

    public static final String ORDERS = "orders.v1";
    public static final String PATIENTS = "patients.v1";
    public static final String STUDY_RECEIVED = "study-received.v1";
    public static final String STUDY_BACKFILL = "study-backfill.v1";
    public static final String PATIENT_CONTEXT = "patient-context.v1";
    public static final String ANALYSIS_PLANNED = "analysis-planned.v1";
    public static final String STUDY_ANALYZED = "study-analyzed.v1";
    public static final String REPORT_CHANGED = "report-changed.v1";
    public static final String REPORT_SIGNED = "report-signed.v1";
    public static final String REPORT_REVIEWED = "report-reviewed.v1";

    /** Topics that exist whatever the models; the job topics come with their deployments. */
    public static final List<String> FIXED = List.of(
            ORDERS,
            PATIENTS,
            STUDY_RECEIVED,
            STUDY_BACKFILL,
            PATIENT_CONTEXT,
            ANALYSIS_PLANNED,
            STUDY_ANALYZED,
            REPORT_CHANGED,
            REPORT_SIGNED,
            REPORT_REVIEWED);

    /** Of these, those that say who somebody is. */
    public static final List<String> IDENTIFIED = List.of(ORDERS, PATIENTS, PATIENT_CONTEXT, REPORT_SIGNED);

    private Topics() {}

    /** The job topic of a deployment and lane, such as {@code analysis-requested.chest-pneumonia.stat.v1}. */
    public static String analysisRequested(String deployment, Priority priority) {
        if (!deployment.matches("[a-z0-9][a-z0-9-]{0,99}")) {
            throw new IllegalArgumentException(
                    "deployment name \"" + deployment + "\" must be 1 to 100 lower-case letters, digits or '-'");
        }
        return "analysis-requested." + deployment + "." + priority.lane() + ".v1";
    }
}
