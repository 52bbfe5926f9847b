package io.prelim.report.render.fhir;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.PlainText;
import io.prelim.report.render.Concepts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;

/** One finding of one model as an Observation: its code is what was looked for, its value whether it is there. */
final class FhirFinding {
    private FhirFinding() {}

    /** Without a subject and what else is another resource. */
    static Observation of(Evidence.OfFinding finding, String status) {
        Observation observation = observation(finding.code(), finding.name(), finding.presence(), status);
        observation.setId(finding.findingId().toString());
        observation.addIdentifier(FhirCodes.urn(finding.findingId()));
        Code side = Concepts.side(finding.laterality());
        if (finding.site() != null) {
            String site = PlainText.of(
                    finding.site().meaning() == null
                            ? finding.site().value()
                            : finding.site().meaning());
            observation.setBodySite(FhirCodes.concept(finding.site())
                    .setText(side == null ? site : site + ", " + side.meaning().toLowerCase(Locale.ROOT)));
        }
        add(observation, side);
        if (finding.measurements().isEmpty()) {
            add(observation, Concepts.CERTAINTY_OF_FINDING, FhirCodes.percent(finding.probability()));
        }
        for (Finding.Measurement measured : finding.measurements()) {
            Quantity value = FhirCodes.quantity(Concepts.number(measured.value()), measured.unit());
            add(observation, measured.code(), value);
        }
        observation.addNote().setText(note(finding));
        return observation;
    }

    /** What every Observation of a finding is, whatever it is read from. */
    static Observation observation(Code code, String name, Finding.Presence presence, String status) {
        Observation observation = new Observation()
                .setStatus(Observation.ObservationStatus.fromCode(status))
                .setCode(FhirCodes.concept(code, name))
                .setValue(FhirCodes.concept(Concepts.presence(presence)));
        observation
                .addCategory()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/observation-category")
                .setCode("imaging")
                .setDisplay("Imaging");
        return observation;
    }

    /** R4 has no element for a side: a component, as the side is a child of the finding in SR. @param side null for none */
    static void add(Observation observation, Code side) {
        if (side != null) {
            add(observation, Concepts.LATERALITY, FhirCodes.concept(side));
        }
    }

    static void add(Observation observation, Code name, Type value) {
        CodeableConcept code = FhirCodes.concept(name);
        observation.addComponent().setCode(code).setValue(value);
    }

    private static String note(Evidence.OfFinding finding) {
        String images = finding.images().stream()
                .map(image ->
                        PlainText.of(image.sopInstanceUid()) + (image.frame() > 0 ? " frame " + image.frame() : ""))
                .collect(Collectors.joining(", "));
        List<String> said = List.of(
                "threshold " + finding.threshold(),
                "calibration " + PlainText.of(finding.calibration()),
                "images " + images,
                finding.model().researchOnly() ? "research only: the model has no clearance" : "");
        return said.stream().filter(each -> !each.isEmpty()).collect(Collectors.joining("; "));
    }
}
