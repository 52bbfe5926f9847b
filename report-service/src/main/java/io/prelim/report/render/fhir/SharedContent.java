package io.prelim.report.render.fhir;

import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.util.FhirTerser;
import io.prelim.report.render.ReportView;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A version of a report as it is shared in a session (FHIRcast 2.10): its resources one by one, without the attached text and PDF,
 * referring to each other and to the session's patient and study by type and id.
 *
 * @param resources  JSON of each but patient and study, by {@code Type/id}
 * @param patient    JSON of the patient as Prelim knows them; null while nobody is known
 * @param study      JSON of the study
 * @param opening    JSON of the report as a session is opened with it: its id, of whom and of what, status unknown (IHE RAD-148)
 */
public record SharedContent(Map<String, String> resources, String patient, String study, String opening) {
    /**
     * @param patient {@code Patient/id} that the session knows them as; null for Prelim's own
     * @param study   {@code ImagingStudy/id}; null for Prelim's own
     */
    public static SharedContent of(ReportView report, String patient, String study) {
        Bundle bundle = FhirReport.alone(report);
        Map<String, String> known = new HashMap<>();
        Map<String, Resource> all = new LinkedHashMap<>();
        for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
            Resource resource = entry.getResource();
            String own = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
            String session =
                    switch (resource.fhirType()) {
                        case "Patient" -> patient;
                        case "ImagingStudy" -> study;
                        default -> null;
                    };
            known.put(entry.getFullUrl(), Optional.ofNullable(session).orElse(own));
            all.put(own, resource);
        }
        FhirTerser terser = FhirReport.CONTEXT.newTerser();
        all.values()
                .forEach(resource -> terser.getAllPopulatedChildElementsOfType(resource, Reference.class)
                        .forEach(reference -> reference.setReference(
                                known.getOrDefault(reference.getReference(), reference.getReference()))));
        IParser parser = FhirReport.CONTEXT.newJsonParser();
        Map<String, String> resources = new LinkedHashMap<>();
        String ofPatient = null;
        String ofStudy = null;
        DiagnosticReport told = null;
        for (Map.Entry<String, Resource> each : all.entrySet()) {
            switch (each.getValue().fhirType()) {
                case "Patient" -> ofPatient = parser.encodeResourceToString(each.getValue());
                case "ImagingStudy" -> ofStudy = parser.encodeResourceToString(each.getValue());
                default -> {
                    resources.put(each.getKey(), parser.encodeResourceToString(each.getValue()));
                    told = each.getValue() instanceof DiagnosticReport diagnostic ? diagnostic : told;
                }
            }
        }
        return new SharedContent(resources, ofPatient, ofStudy, parser.encodeResourceToString(opening(told)));
    }

    private static DiagnosticReport opening(DiagnosticReport report) {
        DiagnosticReport opening = new DiagnosticReport();
        opening.setId(report.getIdElement().getIdPart());
        opening.setIdentifier(report.getIdentifier());
        opening.setStatus(DiagnosticReport.DiagnosticReportStatus.UNKNOWN);
        opening.setBasedOn(report.getBasedOn());
        opening.setCode(report.getCode());
        opening.setSubject(report.getSubject());
        opening.setImagingStudy(report.getImagingStudy());
        return opening;
    }
}
