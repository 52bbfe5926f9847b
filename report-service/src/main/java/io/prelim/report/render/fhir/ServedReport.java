package io.prelim.report.render.fhir;

import ca.uhn.fhir.util.ResourceReferenceInfo;
import io.prelim.report.render.ReportView;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A version of a report resource by resource, as a FHIR server gives them. What Prelim keeps refers to each other by address; whom it is about,
 * who read it and which model found it are not Prelim's to serve, and are named by their identifiers. Identified.
 */
public final class ServedReport {
    /** What has an address. */
    public static final Set<String> TYPES = Set.of("DiagnosticReport", "Observation", "ImagingStudy");

    private static final String WITHIN = "urn:uuid:";

    private final Map<String, Resource> resources = new LinkedHashMap<>();

    /**
     * @param address where the version is read in each form, by the media type that is asked for
     * @throws IllegalArgumentException for a status this version does not know
     */
    public ServedReport(ReportView report, String address) {
        Bundle bundle = FhirReport.linked(report, address);
        Map<String, Resource> all = new HashMap<>();
        for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
            all.put(entry.getFullUrl(), entry.getResource());
        }
        for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
            Resource resource = entry.getResource();
            if (TYPES.contains(resource.fhirType())) {
                for (ResourceReferenceInfo info : FhirReport.CONTEXT.newTerser().getAllResourceReferences(resource)) {
                    point((Reference) info.getResourceReference(), all);
                }
                resource.getMeta()
                        .setVersionId(Integer.toString(report.version()))
                        .setLastUpdatedElement(FhirSources.at(report.createdAt()));
                resources.put(address(resource), resource);
            }
        }
    }

    /** The report itself. */
    public DiagnosticReport report() {
        return resources.values().stream()
                .filter(DiagnosticReport.class::isInstance)
                .map(DiagnosticReport.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** What its findings are. */
    public List<Observation> findings() {
        return resources.values().stream()
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast)
                .toList();
    }

    /** Null where the version has none of it. */
    public Resource get(String type, UUID id) {
        return resources.get(type + "/" + id);
    }

    /** Such as {@code Observation/1c2…}. */
    public static String address(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    private static void point(Reference reference, Map<String, Resource> all) {
        String target = reference.getReference();
        if (target == null || !target.startsWith(WITHIN)) {
            return;
        }
        Resource resource = all.get(target);
        // HAPI keeps the resource behind a reference, which would be written for it
        reference.setResource(null);
        if (TYPES.contains(resource.fhirType())) {
            reference.setReference(address(resource));
        } else {
            reference.setReference(null).setIdentifier(identifier(resource));
            if (resource instanceof Device device) {
                reference.setDisplay(device.getDeviceNameFirstRep().getName());
            }
        }
    }

    /** Null of one who is not known by any. */
    private static Identifier identifier(Resource resource) {
        List<Identifier> known = List.of();
        if (resource instanceof Patient patient) {
            known = patient.getIdentifier();
        } else if (resource instanceof Practitioner reader) {
            known = reader.getIdentifier();
        } else if (resource instanceof Device device) {
            known = device.getIdentifier();
        }
        return known.isEmpty() ? null : known.get(0);
    }
}
