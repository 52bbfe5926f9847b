package io.prelim.report.render.fhir;

import io.prelim.events.Code;
import io.prelim.report.draft.PlainText;
import io.prelim.report.render.Concepts;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Codes, numbers, days and names as FHIR has them. */
public final class FhirCodes {
    static final String UCUM = "http://unitsofmeasure.org";
    public static final String URI = "urn:ietf:rfc:3986";
    static final String DICOM_UID = "urn:dicom:uid";
    static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";

    /** PS3.16 table 8-1. */
    private static final Map<String, String> SYSTEMS = Map.of(
            "SCT", "http://snomed.info/sct",
            "DCM", DCM,
            "LN", "http://loinc.org",
            "RADLEX", "http://www.radlex.org",
            "UCUM", UCUM,
            "UMLS", "http://www.nlm.nih.gov/research/umls");

    /** So that a scheme nobody gave a URI has one, and its codes are not another's. */
    private static final String OTHER_SYSTEM = "urn:x-coding-scheme:";

    private FhirCodes() {}

    static CodeableConcept concept(Code code) {
        return new CodeableConcept(coding(code)).setText(text(code.meaning()));
    }

    /** @param name used where there is no code */
    static CodeableConcept concept(Code code, String name) {
        return code == null ? new CodeableConcept().setText(text(name)) : concept(code);
    }

    static CodeableConcept concept(String system, String code, String display) {
        return new CodeableConcept(new Coding(system, code, display));
    }

    private static Coding coding(Code code) {
        String scheme = PlainText.of(code.scheme());
        String system = SYSTEMS.getOrDefault(scheme, OTHER_SYSTEM + URLEncoder.encode(scheme, StandardCharsets.UTF_8));
        return new Coding(system, PlainText.of(code.value()), text(code.meaning()));
    }

    /** The scheme that a system stands for; empty where it stands for none that is known. */
    public static Optional<String> scheme(String system) {
        return SYSTEMS.entrySet().stream()
                .filter(each -> each.getValue().equals(system))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Null for nothing: an empty string is none in FHIR. */
    static String text(String text) {
        String plain = PlainText.of(text);
        return plain.isEmpty() ? null : plain;
    }

    static Quantity percent(double probability) {
        return quantity(Concepts.percent(probability), Concepts.PERCENT.value());
    }

    /** @param unit UCUM */
    static Quantity quantity(BigDecimal value, String unit) {
        return new Quantity()
                .setValue(value)
                .setUnit(text(unit))
                .setSystem(UCUM)
                .setCode(text(unit));
    }

    /** {@code yyyyMMdd} as {@code yyyy-MM-dd}; empty for what is no day. */
    static Optional<String> day(String date) {
        try {
            return date == null
                    ? Optional.empty()
                    : Optional.of(LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE)
                            .toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Identifier urn(UUID id) {
        return new Identifier().setSystem(URI).setValue("urn:uuid:" + id);
    }

    /** Of a digest, a number of an order: what it is told by its type. */
    static Identifier identifier(String type, String value) {
        return new Identifier().setType(new CodeableConcept().setText(type)).setValue(text(value));
    }

    /** @param type of HL7 v2 table 0203 */
    static Identifier identifier(String type, String display, String value) {
        return new Identifier()
                .setType(concept("http://terminology.hl7.org/CodeSystem/v2-0203", type, display))
                .setValue(text(value));
    }

    /** To a resource of the same bundle. */
    static Reference to(Resource resource) {
        return new Reference("urn:uuid:" + resource.getIdElement().getIdPart()).setType(resource.fhirType());
    }

    /** To what is elsewhere, by what it is known as. */
    static Reference to(String type, Identifier known) {
        return new Reference().setType(type).setIdentifier(known);
    }
}
