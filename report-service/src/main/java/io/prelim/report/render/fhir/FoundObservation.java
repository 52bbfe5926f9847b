package io.prelim.report.render.fhir;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ReportChanged;
import io.prelim.report.render.Concepts;
import io.prelim.report.render.StandardStatus;
import java.time.Instant;
import java.util.UUID;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;

/** A finding among those of many reports as a line of {@code application/fhir+ndjson}. It has no subject: nobody is named. */
public final class FoundObservation {
    public static final String MEDIA_TYPE = "application/fhir+ndjson";

    private FoundObservation() {}

    /**
     * @param laterality  null for none
     * @param probability 0 to 1
     * @param status      of its report
     * @param model       for people
     * @return with a line feed
     */
    public static String line(
            UUID findingId,
            Code code,
            String name,
            String laterality,
            Finding.Presence presence,
            double probability,
            ReportChanged.Status status,
            String studyInstanceUid,
            String model,
            String modelDigest,
            Instant analyzedAt) {
        Observation observation = FhirFinding.observation(
                code, name, presence, StandardStatus.of(status).observation());
        observation.setId(findingId.toString());
        FhirFinding.add(observation, Concepts.side(laterality));
        FhirFinding.add(observation, Concepts.CERTAINTY_OF_FINDING, FhirCodes.percent(probability));
        observation.setIssuedElement(FhirSources.at(analyzedAt));
        observation.setDevice(FhirCodes.to("Device", FhirCodes.identifier("digest of the model file", modelDigest))
                .setDisplay(FhirCodes.text(model)));
        observation.addDerivedFrom(FhirCodes.to(
                "ImagingStudy",
                new Identifier().setSystem(FhirCodes.DICOM_UID).setValue("urn:oid:" + studyInstanceUid)));
        return FhirReport.CONTEXT.newJsonParser().encodeResourceToString(observation) + "\n";
    }
}
