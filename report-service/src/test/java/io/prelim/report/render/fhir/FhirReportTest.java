package io.prelim.report.render.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import io.prelim.events.ReportChanged;
import io.prelim.report.Studies;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.Reports;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A report as FHIR, read back by HAPI and held against the profiles of R4. */
public class FhirReportTest {
    private static final FhirValidator VALIDATOR = FhirReport.CONTEXT
            .newValidator()
            .registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                    new DefaultProfileValidationSupport(FhirReport.CONTEXT),
                    new CommonCodeSystemsTerminologyService(FhirReport.CONTEXT),
                    new InMemoryTerminologyServerValidationSupport(FhirReport.CONTEXT))));

    /** What R4's own profiles do not allow of a resource; code systems that nobody has here are not looked into. */
    public static List<String> errors(String json) {
        return VALIDATOR.validateWithResult(json).getMessages().stream()
                .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
                .map(message -> message.getLocationString() + ": " + message.getMessage())
                .toList();
    }

    @Test
    void everySampleIsValid() {
        Reports.samples()
                .forEach((name, view) ->
                        assertThat(errors(FhirReport.json(view))).as(name).isEmpty());
    }

    @Test
    void whoReadItIsItsInterpreterAndWhatTheyDidIsInTheProvenance() {
        Map<ReportChanged.Status, List<String>> agents = Map.of(
                ReportChanged.Status.DRAFT, List.of(),
                ReportChanged.Status.REVIEWED, List.of("verifier r.meier"),
                ReportChanged.Status.SIGNED, List.of("verifier r.meier", "attester r.meier"),
                ReportChanged.Status.ADDENDED,
                        List.of("verifier r.meier", "attester r.meier", "author s_olga-1@clinic"),
                ReportChanged.Status.CORRECTED,
                        List.of("verifier r.meier", "attester r.meier", "author s_olga-1@clinic", "author r.meier"),
                ReportChanged.Status.RETRACTED,
                        List.of(
                                "verifier r.meier",
                                "attester r.meier",
                                "author s_olga-1@clinic",
                                "author r.meier",
                                "verifier r.meier"));
        agents.forEach((status, expected) -> {
            ReportView view = Reports.settled(status, Locale.ENGLISH);
            Bundle bundle = read(view);
            Map<String, String> ids = all(bundle, Practitioner.class).stream()
                    .collect(Collectors.toMap(
                            reader -> "urn:uuid:"
                                    + reader.getIdElement().getIdPart().replace("urn:uuid:", ""),
                            reader -> reader.getIdentifierFirstRep().getValue()));

            assertThat(only(bundle, Provenance.class).getAgent().stream()
                            .filter(agent -> ids.containsKey(agent.getWho().getReference()))
                            .map(agent -> agent.getType().getCodingFirstRep().getCode() + " "
                                    + ids.get(agent.getWho().getReference())))
                    .as(status.name())
                    .containsExactlyElementsOf(expected);
            assertThat(only(bundle, DiagnosticReport.class).getResultsInterpreter())
                    .as(status.name())
                    .hasSameSizeAs(ids.keySet());
            assertThat(errors(FhirReport.json(view))).as(status.name()).isEmpty();
        });
    }

    @Test
    void theValidatorFindsWhatIsWrong() {
        String json = FhirReport.json(Reports.settled(ReportChanged.Status.DRAFT, Locale.ENGLISH));

        assertThat(errors(json.replace("\"status\":\"partial\"", "\"status\":\"unverified\"")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DRAFT, partial, preliminary",
        "REVIEWED, preliminary, preliminary",
        "SIGNED, final, final",
        "ADDENDED, appended, final",
        "CORRECTED, corrected, corrected",
        "RETRACTED, entered-in-error, entered-in-error"
    })
    void statusIsTheTables(ReportChanged.Status status, String report, String observation) {
        Bundle bundle = read(Reports.settled(status, Locale.ENGLISH));

        assertThat(only(bundle, DiagnosticReport.class).getStatus().toCode()).isEqualTo(report);
        assertThat(all(bundle, Observation.class))
                .hasSize(2)
                .allMatch(each -> each.getStatus().toCode().equals(observation));
    }

    @Test
    void everyReferenceIsResolvedInTheBundleAndNobodyIsNamedAsReaderOfADraft() {
        Reports.samples().forEach((name, view) -> {
            Bundle bundle = read(view);
            Set<String> urls = bundle.getEntry().stream()
                    .map(Bundle.BundleEntryComponent::getFullUrl)
                    .collect(Collectors.toSet());

            assertThat(urls).as(name).hasSameSizeAs(bundle.getEntry());
            bundle.getEntry()
                    .forEach(entry -> assertThat(entry.getResource().getId()).endsWith(entry.getFullUrl()));
            List<Reference> references = bundle.getEntry().stream()
                    .flatMap(entry -> FhirReport.CONTEXT
                            .newTerser()
                            .getAllPopulatedChildElementsOfType(entry.getResource(), Reference.class)
                            .stream())
                    .toList();
            assertThat(references).isNotEmpty();
            assertThat(references)
                    .as(name)
                    .allMatch(reference -> reference.hasReference()
                            ? urls.contains(reference.getReference())
                            : reference.hasIdentifier() || reference.hasDisplay());
            assertThat(only(bundle, DiagnosticReport.class).getResultsInterpreter())
                    .isEmpty();
        });
    }

    @Test
    void theSameVersionIsTheSameBundleAndTheNextSaysWhatItStandsFor() {
        ReportView second = Reports.settled(ReportChanged.Status.DRAFT, Locale.ENGLISH);
        Bundle bundle = read(second);
        Bundle first = read(Reports.samples().get("first"));

        assertThat(FhirReport.json(second)).isEqualTo(FhirReport.json(second));
        Provenance provenance = only(bundle, Provenance.class);
        assertThat(provenance.getEntity())
                .filteredOn(entity -> entity.getRole() == Provenance.ProvenanceEntityRole.REVISION)
                .extracting(entity -> entity.getWhat().getIdentifier().getValue())
                .containsExactly(only(first, DiagnosticReport.class)
                        .getIdentifier()
                        .get(1)
                        .getValue());
        assertThat(provenance.getAgent()).hasSize(3);
        assertThat(all(bundle, Device.class))
                .anyMatch(device -> device.getIdentifier().stream()
                        .anyMatch(identifier -> identifier.getValue().equals(Reports.CHEST.manifestDigest())))
                .anyMatch(Device::hasNote);
    }

    @Test
    void identityIsInPatientAndWordsAlone() {
        Bundle bundle = read(Reports.settled(ReportChanged.Status.DRAFT, Locale.ENGLISH));

        Patient patient = only(bundle, Patient.class);
        assertThat(patient.getNameFirstRep().getFamily()).isEqualTo("Canary");
        assertThat(patient.getIdentifierFirstRep().getValue()).isEqualTo(Studies.ID);
        assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("1945-08-07");
        assertThat(bundle.getEntry()).noneMatch(entry -> entry.getFullUrl().contains("CANARY"));
        for (Observation each : all(bundle, Observation.class)) {
            assertThat(FhirReport.CONTEXT.newJsonParser().encodeResourceToString(each))
                    .doesNotContain("Canary", "CANARY");
        }
        assertThat(only(bundle, DiagnosticReport.class)
                        .getBasedOnFirstRep()
                        .getIdentifier()
                        .getValue())
                .isEqualTo(Studies.ACCESSION);
    }

    @Test
    void eachOrderIsNamed() {
        DiagnosticReport diagnostic = only(read(Reports.samples().get("ordered")), DiagnosticReport.class);

        assertThat(diagnostic.getBasedOn())
                .extracting(each ->
                        each.getIdentifier().getType().getCodingFirstRep().getCode() + " "
                                + each.getIdentifier().getValue())
                .containsExactly("ACSN " + Studies.ACCESSION, "PLAC PLACER-1", "FILL FILLER-1", "PLAC PLACER-2");
    }

    private static Bundle read(ReportView view) {
        return FhirReport.CONTEXT.newJsonParser().parseResource(Bundle.class, FhirReport.json(view));
    }

    private static <T extends Resource> List<T> all(Bundle bundle, Class<T> type) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static <T extends Resource> T only(Bundle bundle, Class<T> type) {
        List<T> all = all(bundle, type);
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
