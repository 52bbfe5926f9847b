package io.prelim.report.render.fhir;

import ca.uhn.fhir.context.FhirContext;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.Phi;
import io.prelim.report.draft.Evidence;
import io.prelim.report.render.Attestation;
import io.prelim.report.render.Concepts;
import io.prelim.report.render.Labels;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.StandardStatus;
import io.prelim.report.render.TextReport;
import io.prelim.report.render.page.PdfReport;
import io.prelim.report.template.Section;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;

/**
 * A version of a report as a FHIR R4 Bundle: DiagnosticReport, an Observation for each finding, ImagingStudy, a Device for each model, Patient,
 * a Practitioner for each reader and Provenance. A {@code collection}: a {@code document} attests, which a draft must not, and a {@code transaction} asks a server to write.
 * Every id is that of what it is, so the same version gives the same bundle. Identified.
 */
public final class FhirReport {
    public static final String MEDIA_TYPE = "application/fhir+json";

    public static final FhirContext CONTEXT = FhirContext.forR4();

    private final ReportView report;
    private final StandardStatus status;
    private final boolean attached;
    private final String address;
    private final Bundle bundle = new Bundle();

    /**
     * @param attached whether text and PDF are in it
     * @param address  where they are, if they are not in it; null for neither
     */
    private FhirReport(ReportView report, boolean attached, String address) {
        this.report = report;
        this.attached = attached;
        this.address = address;
        this.status = StandardStatus.of(report.status());
    }

    /** @throws IllegalArgumentException for a status this version does not know */
    public static String json(ReportView report) {
        return CONTEXT.newJsonParser().encodeResourceToString(bundle(report));
    }

    /** @throws IllegalArgumentException as {@link #json} */
    public static Bundle bundle(ReportView report) {
        return new FhirReport(report, true, null).write();
    }

    /**
     * With text and PDF linked instead of in it.
     *
     * @param address where the version is read in each form, by the media type that is asked for
     */
    static Bundle linked(ReportView report, String address) {
        return new FhirReport(report, false, address).write();
    }

    /** Without the text and PDF that {@link #bundle} attaches. */
    static Bundle alone(ReportView report) {
        return new FhirReport(report, false, null).write();
    }

    private Bundle write() {
        bundle.setId(Ids.v5("bundle", report.reportKey().toString(), Integer.toString(report.version()))
                .toString());
        bundle.setType(Bundle.BundleType.COLLECTION);
        bundle.setTimestampElement(FhirSources.at(report.createdAt()));
        DiagnosticReport diagnostic = diagnostic();
        add(diagnostic);
        Patient patient = report.patient() == null
                ? null
                : FhirImaging.patient(
                        report.patient(),
                        Ids.v5("patient", report.studyKey().toString()).toString());
        ImagingStudy study = FhirImaging.study(report);
        Map<ModelReference, Device> models = new LinkedHashMap<>();
        report.models().forEach(model -> models.put(model, FhirSources.model(model)));
        for (Evidence.OfFinding finding : report.findings()) {
            Observation observation = FhirFinding.of(finding, status.observation());
            observation.addDerivedFrom(FhirCodes.to(study));
            observation.setDevice(FhirCodes.to(models.get(finding.model())));
            observation.setIssuedElement(FhirSources.at(report.createdAt()));
            if (patient != null) {
                observation.setSubject(FhirCodes.to(patient));
            }
            diagnostic.addResult(FhirCodes.to(observation));
            add(observation);
        }
        diagnostic.addImagingStudy(FhirCodes.to(study));
        if (patient != null) {
            diagnostic.setSubject(FhirCodes.to(patient));
            study.setSubject(FhirCodes.to(patient));
            add(patient);
        } else {
            study.getSubject().setDisplay("not known yet");
        }
        add(study);
        Device prelim = FhirSources.prelim();
        models.values().forEach(this::add);
        add(prelim);
        Map<String, Practitioner> readers = readers(diagnostic);
        add(FhirSources.provenance(report, diagnostic, prelim, models.values(), readers, study));
        return bundle;
    }

    /** Everyone who did something to it, by id; those who answer for its words are its interpreters. */
    private Map<String, Practitioner> readers(DiagnosticReport diagnostic) {
        Map<String, Practitioner> readers = new LinkedHashMap<>();
        report.readers().forEach(each -> readers.computeIfAbsent(each.by(), FhirSources::reader));
        readers.values().forEach(this::add);
        Attestation.responsible(report.readers())
                .forEach(each -> diagnostic.addResultsInterpreter(FhirCodes.to(readers.get(each.by()))));
        return readers;
    }

    private DiagnosticReport diagnostic() {
        DiagnosticReport diagnostic = new DiagnosticReport();
        diagnostic.setId(report.reportKey().toString());
        diagnostic.getMeta().setVersionId(Integer.toString(report.version()));
        if (report.synthetic()) {
            diagnostic
                    .getMeta()
                    .addSecurity("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST", "test health data");
        }
        diagnostic.setLanguage(report.language());
        diagnostic.addIdentifier(FhirCodes.urn(report.reportKey()));
        diagnostic.addIdentifier(FhirCodes.urn(Ids.document(report.reportKey(), report.version())));
        diagnostic.setStatus(DiagnosticReport.DiagnosticReportStatus.fromCode(status.diagnosticReport()));
        diagnostic.addCategory(FhirCodes.concept("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology"));
        diagnostic.setCode(
                FhirCodes.concept(report.procedure() == null ? Concepts.DIAGNOSTIC_IMAGING : report.procedure()));
        diagnostic.setIssuedElement(FhirSources.at(report.createdAt()));
        ReportView.Patient patient = report.patient();
        if (patient != null) {
            FhirCodes.day(patient.studyDate()).ifPresent(day -> diagnostic.setEffective(new DateTimeType(day)));
            basedOn(diagnostic, "ACSN", "Accession ID", patient.accessionNumber());
        }
        for (ReportView.Order order : report.orders() == null ? List.<ReportView.Order>of() : report.orders()) {
            basedOn(diagnostic, "PLAC", "Placer Identifier", order.placerNumber());
            basedOn(diagnostic, "FILL", "Filler Identifier", order.fillerNumber());
        }
        String conclusion = sentences(Section.IMPRESSION);
        diagnostic.setConclusion(conclusion.isEmpty() ? null : conclusion);
        diagnostic.setText(narrative());
        if (attached || address != null) {
            attach(
                    diagnostic,
                    "text/plain;charset=utf-8",
                    () -> TextReport.of(report.alone()).getBytes(StandardCharsets.UTF_8));
            attach(diagnostic, "application/pdf", () -> PdfReport.of(report.alone()));
        }
        return diagnostic;
    }

    private static void basedOn(DiagnosticReport diagnostic, String type, String meaning, Phi<String> number) {
        if (number != null) {
            diagnostic.addBasedOn(FhirCodes.to("ServiceRequest", FhirCodes.identifier(type, meaning, number.reveal())));
        }
    }

    private void attach(DiagnosticReport diagnostic, String mediaType, Supplier<byte[]> data) {
        Attachment form = diagnostic
                .addPresentedForm()
                .setContentType(mediaType)
                .setLanguage(report.language())
                .setTitle(report.statusText());
        if (attached) {
            form.setData(data.get());
        } else {
            form.setUrl(address);
        }
    }

    private String sentences(Section of) {
        return report.sections().stream()
                .filter(section -> section.section() == of)
                .flatMap(section -> section.sentences().stream())
                .map(sentence -> sentence.text().reveal())
                .collect(Collectors.joining("\n"));
    }

    /** Status and sentences by section: for who shows no attachment. */
    private Narrative narrative() {
        Labels labels = Labels.in(report.language());
        XhtmlNode div = new XhtmlNode(NodeType.Element, "div");
        div.setAttribute("xmlns", XhtmlNode.XMLNS);
        div.addTag("p")
                .addTag("b")
                .addText(labels.of("status." + report.status().name()));
        for (ReportView.SectionView section : report.sections()) {
            div.addTag("h2").addText(labels.of("section." + section.section().name()));
            List<ReportView.SentenceView> sentences = section.sentences();
            if (sentences.isEmpty()) {
                div.addTag("p").addText(labels.of("not-stated"));
            }
            sentences.forEach(
                    sentence -> div.addTag("p").addText(sentence.text().reveal()));
        }
        Narrative narrative = new Narrative();
        narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
        narrative.setDiv(div);
        return narrative;
    }

    private void add(Resource resource) {
        bundle.addEntry()
                .setFullUrl("urn:uuid:" + resource.getIdElement().getIdPart())
                .setResource(resource);
    }
}
