package io.prelim.report.render.fhir;

import io.prelim.dicom.core.Uid;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.report.draft.PlainText;
import io.prelim.report.render.ReportView;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;

/** Where a report comes from: the models by their bytes, Prelim, readers, and the version before. */
final class FhirSources {
    private static final String PRODUCT = "Prelim";

    private FhirSources() {}

    static Device prelim() {
        Device device =
                device(Ids.v5("device", PRODUCT, Uid.IMPLEMENTATION_VERSION).toString(), PRODUCT);
        device.setManufacturer(PRODUCT);
        device.addVersion().setValue(Uid.IMPLEMENTATION_VERSION);
        return device;
    }

    static Device model(ModelReference model) {
        String id = model.id() == null ? model.deployment() : model.id();
        Device device = device(
                Ids.v5("device", model.deployment(), model.modelDigest(), model.manifestDigest())
                        .toString(),
                PlainText.of(model.name() == null ? id : model.name()));
        device.addIdentifier(FhirCodes.identifier("digest of the model file", model.modelDigest()));
        device.addIdentifier(FhirCodes.identifier("model id", id));
        device.addIdentifier(FhirCodes.identifier("deployment", model.deployment()));
        device.addIdentifier(FhirCodes.identifier("digest of the manifest file", model.manifestDigest()));
        if (FhirCodes.text(model.version()) != null) {
            device.addVersion().setValue(FhirCodes.text(model.version()));
        }
        if (model.researchOnly()) {
            device.addNote().setText("research only: the model has no clearance");
        }
        return device;
    }

    private static Device device(String id, String name) {
        Device device = new Device().setStatus(Device.FHIRDeviceStatus.ACTIVE);
        device.setId(id);
        device.setType(FhirCodes.concept("http://snomed.info/sct", "706687001", "Software"));
        device.addDeviceName().setName(name).setType(Device.DeviceNameType.USERFRIENDLYNAME);
        return device;
    }

    /** A reader, of whom the id is known alone. */
    static Practitioner reader(String id) {
        Practitioner reader = new Practitioner();
        reader.setId(Ids.v5("reader", id).toString());
        reader.addIdentifier(FhirCodes.identifier("reader id", id));
        return reader;
    }

    /** @param readers by their ids */
    static Provenance provenance(
            ReportView report,
            DiagnosticReport of,
            Device prelim,
            Collection<Device> models,
            Map<String, Practitioner> readers,
            ImagingStudy study) {
        Provenance provenance = new Provenance();
        provenance.setId(Ids.v5("provenance", report.reportKey().toString(), Integer.toString(report.version()))
                .toString());
        provenance.addTarget(FhirCodes.to(of));
        provenance.setRecordedElement(at(report.createdAt()));
        provenance.setActivity(FhirCodes.concept(
                "http://terminology.hl7.org/CodeSystem/v3-DataOperation",
                report.version() == 1 ? "CREATE" : "UPDATE",
                report.version() == 1 ? "create" : "revise"));
        provenance.addAgent().setType(participant("assembler", "Assembler")).setWho(FhirCodes.to(prelim));
        models.forEach(model ->
                provenance.addAgent().setType(participant("author", "Author")).setWho(FhirCodes.to(model)));
        report.readers()
                .forEach(each -> provenance
                        .addAgent()
                        .setType(
                                switch (each.act()) {
                                    case ADDENDED, CORRECTED -> participant("author", "Author");
                                    case SIGNED -> participant("attester", "Attester");
                                    default -> participant("verifier", "Verifier");
                                })
                        .setWho(FhirCodes.to(readers.get(each.by()))));
        provenance.addEntity().setRole(Provenance.ProvenanceEntityRole.SOURCE).setWhat(FhirCodes.to(study));
        if (report.template() != null) {
            provenance
                    .addEntity()
                    .setRole(Provenance.ProvenanceEntityRole.SOURCE)
                    .setWhat(FhirCodes.to(
                                    "DocumentReference",
                                    FhirCodes.identifier(
                                            "digest of the template",
                                            report.template().digest()))
                            .setDisplay(
                                    "template " + PlainText.of(report.template().name())));
        }
        if (report.version() > 1) {
            provenance
                    .addEntity()
                    .setRole(Provenance.ProvenanceEntityRole.REVISION)
                    .setWhat(FhirCodes.to(
                                    "DiagnosticReport",
                                    FhirCodes.urn(Ids.document(report.reportKey(), report.version() - 1)))
                            .setDisplay("version " + (report.version() - 1)));
        }
        return provenance;
    }

    static InstantType at(Instant time) {
        InstantType instant = new InstantType(Date.from(time));
        instant.setTimeZoneZulu(true);
        return instant;
    }

    private static CodeableConcept participant(String code, String display) {
        return FhirCodes.concept("http://terminology.hl7.org/CodeSystem/provenance-participant-type", code, display);
    }
}
