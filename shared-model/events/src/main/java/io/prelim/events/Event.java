package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What travels through Kafka. One record type, one schema; one topic (the job: two topics a deployment), which orders share with
 * their changes, and patients with their merges.
 */
public sealed interface Event
        permits OrderPlaced,
                OrderChanged,
                PatientUpdated,
                PatientMerged,
                StudyReceived,
                PatientContext,
                AnalysisPlanned,
                AnalysisRequested,
                StudyAnalyzed,
                ReportChanged,
                ReportSigned,
                ReportReviewed {
    /** The record's Kafka key: a random, derived or keyed-hash UUID, never a direct identifier. */
    @JsonIgnore
    String key();

    /** The event's type name and version, as in {@code ce_type}: {@code io.prelim.StudyReceived.v1}. */
    @JsonIgnore
    default String type() {
        return "io.prelim." + getClass().getSimpleName() + ".v1";
    }

    /** Where the event's JSON Schema lies on the class path of this module. */
    @JsonIgnore
    default String dataSchema() {
        return "urn:prelim:schema:" + getClass().getSimpleName() + ".v1";
    }
}
