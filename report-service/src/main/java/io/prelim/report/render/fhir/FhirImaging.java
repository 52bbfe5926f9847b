package io.prelim.report.render.fhir;

import io.prelim.events.Finding.ImageReference;
import io.prelim.report.draft.Evidence;
import io.prelim.report.render.ReportView;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Patient;

/** Whom a report is about, and of which images: of those that findings were read from, as far as their series is told. */
final class FhirImaging {
    private static final String OID = "urn:oid:";

    /** What an image of a class comes from (PS3.3 C.7.3.1.1.1); a reference does not say. */
    private static final Map<String, String> MODALITIES = Map.ofEntries(
            Map.entry("1.2.840.10008.5.1.4.1.1.1", "CR"),
            Map.entry("1.2.840.10008.5.1.4.1.1.1.1", "DX"),
            Map.entry("1.2.840.10008.5.1.4.1.1.1.2", "MG"),
            Map.entry("1.2.840.10008.5.1.4.1.1.13.1.3", "MG"),
            Map.entry("1.2.840.10008.5.1.4.1.1.2", "CT"),
            Map.entry("1.2.840.10008.5.1.4.1.1.2.1", "CT"),
            Map.entry("1.2.840.10008.5.1.4.1.1.4", "MR"),
            Map.entry("1.2.840.10008.5.1.4.1.1.4.1", "MR"),
            Map.entry("1.2.840.10008.5.1.4.1.1.6.1", "US"),
            Map.entry("1.2.840.10008.5.1.4.1.1.3.1", "US"),
            Map.entry("1.2.840.10008.5.1.4.1.1.12.1", "XA"),
            Map.entry("1.2.840.10008.5.1.4.1.1.12.2", "RF"),
            Map.entry("1.2.840.10008.5.1.4.1.1.20", "NM"),
            Map.entry("1.2.840.10008.5.1.4.1.1.128", "PT"));

    private FhirImaging() {}

    /** @param id of this study's patient; an id of theirs is in the identifier alone */
    static Patient patient(ReportView.Patient known, String id) {
        Patient patient = new Patient();
        patient.setId(id);
        if (known.id() != null) {
            Identifier identifier = FhirCodes.identifier(
                    "MR", "Medical record number", known.id().reveal());
            if (known.issuer() != null) {
                identifier.getAssigner().setDisplay(FhirCodes.text(known.issuer()));
            }
            patient.addIdentifier(identifier);
        }
        if (known.name() != null) {
            patient.addName(name(known.name().reveal()));
        }
        Optional.ofNullable(known.birthDate())
                .flatMap(date -> FhirCodes.day(date.reveal()))
                .ifPresent(day -> patient.getBirthDateElement().setValueAsString(day));
        switch (known.sex() == null ? "" : known.sex()) {
            case "M" -> patient.setGender(Enumerations.AdministrativeGender.MALE);
            case "F" -> patient.setGender(Enumerations.AdministrativeGender.FEMALE);
            case "O" -> patient.setGender(Enumerations.AdministrativeGender.OTHER);
            default -> {}
        }
        return patient;
    }

    /** (0010,0010): family, given, middle, prefix, suffix; of its first representation. */
    private static HumanName name(String dicom) {
        String[] components = dicom.split("=", 2)[0].split("\\^", -1);
        HumanName name = new HumanName();
        for (int i = 0; i < components.length; i++) {
            String component = FhirCodes.text(components[i]);
            if (component != null) {
                switch (i) {
                    case 0 -> name.setFamily(component);
                    case 1, 2 -> name.addGiven(component);
                    case 3 -> name.addPrefix(component);
                    case 4 -> name.addSuffix(component);
                    default -> {}
                }
            }
        }
        return name;
    }

    static ImagingStudy study(ReportView report) {
        ImagingStudy study = new ImagingStudy().setStatus(ImagingStudy.ImagingStudyStatus.AVAILABLE);
        study.setId(report.studyKey().toString());
        study.addIdentifier().setSystem(FhirCodes.DICOM_UID).setValue(OID + report.studyInstanceUid());
        if (report.patient() != null) {
            FhirCodes.day(report.patient().studyDate())
                    .ifPresent(day -> study.setStartedElement(new DateTimeType(day)));
        }
        Map<String, Set<ImageReference>> series = new LinkedHashMap<>();
        for (Evidence.OfFinding finding : report.findings()) {
            for (ImageReference image : finding.images()) {
                if (image.seriesInstanceUid() != null) {
                    series.computeIfAbsent(image.seriesInstanceUid(), any -> new LinkedHashSet<>())
                            .add(new ImageReference(image.sopInstanceUid(), image.sopClassUid(), 0));
                }
            }
        }
        series.forEach((uid, images) -> {
            ImagingStudy.ImagingStudySeriesComponent one = study.addSeries().setUid(uid);
            String from = images.iterator().next().sopClassUid();
            one.setModality(new Coding(FhirCodes.DCM, MODALITIES.getOrDefault(from, "OT"), null));
            images.forEach(image -> one.addInstance()
                    .setUid(image.sopInstanceUid())
                    .setSopClass(new Coding(FhirCodes.URI, OID + image.sopClassUid(), null)));
        });
        return study;
    }
}
