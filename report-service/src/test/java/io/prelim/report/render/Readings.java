package io.prelim.report.render;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.v251.datatype.CWE;
import ca.uhn.hl7v2.model.v251.datatype.NDL;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import io.prelim.dicom.core.Uid;
import io.prelim.report.render.fhir.FhirReport;
import io.prelim.report.render.hl7.OruReportTest;
import io.prelim.report.render.page.HtmlReport;
import io.prelim.report.render.page.PdfReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.w3c.dom.Node;

/**
 * A rendering as others' tools read it.
 *
 * @param ids       of report and study, as far as they were looked for
 * @param status    in the rendering's own words
 * @param readers   who answers for it, as far as it is told apart from words
 * @param sentences in their order; null where they are looked for one by one
 * @param words     everything, blanks made one; null where there are sentences
 */
record Readings(
        List<String> ids,
        List<String> status,
        List<String> readers,
        List<String> sentences,
        List<Said> findings,
        String words) {
    private static final FhirContext FHIR = FhirContext.forR4();
    private static final Map<String, String> SCHEMES = Map.of(
            "http://snomed.info/sct", "SCT",
            "http://dicom.nema.org/resources/ontology/DCM", "DCM",
            "http://www.radlex.org", "RADLEX");

    static Readings fhir(ReportView view) {
        Bundle bundle = FHIR.newJsonParser().parseResource(Bundle.class, FhirReport.json(view));
        DiagnosticReport report = (DiagnosticReport) bundle.getEntryFirstRep().getResource();
        List<String> status = new ArrayList<>(List.of(report.getStatus().toCode()));
        List<Said> findings = new ArrayList<>();
        bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast)
                .forEach(observation -> {
                    status.add(observation.getStatus().toCode());
                    String side = null;
                    List<String> numbers = new ArrayList<>();
                    for (Observation.ObservationComponentComponent component : observation.getComponent()) {
                        if (component.getValue() instanceof Quantity quantity) {
                            numbers.add(
                                    Said.number(code(component.getCode()), quantity.getValue(), quantity.getCode()));
                        } else {
                            side = meaning(component.getValueCodeableConcept());
                        }
                    }
                    findings.add(new Said(
                            observation.getIdElement().getIdPart().replace("urn:uuid:", ""),
                            code(observation.getCode()),
                            observation.hasBodySite() ? code(observation.getBodySite()) : null,
                            side,
                            meaning(observation.getValueCodeableConcept()),
                            numbers));
                });
        List<String> sentences = new ArrayList<>();
        for (XhtmlNode node : report.getText().getDiv().getChildNodes()) {
            if ("p".equals(node.getName())) {
                sentences.add(node.allText());
            }
        }
        return new Readings(
                List.of(
                        report.getIdentifierFirstRep().getValue().replace("urn:uuid:", ""),
                        report.getMeta().getVersionId()),
                status,
                report.getResultsInterpreter().stream()
                        .map(reference -> bundle.getEntry().stream()
                                .filter(entry -> entry.getFullUrl().equals(reference.getReference()))
                                .map(entry -> (Practitioner) entry.getResource())
                                .findFirst()
                                .orElseThrow()
                                .getIdentifierFirstRep()
                                .getValue())
                        .toList(),
                sentences.subList(1, sentences.size()),
                findings,
                null);
    }

    private static String code(CodeableConcept concept) {
        String system = concept.getCodingFirstRep().getSystem();
        String local = URLDecoder.decode(system.replace("urn:x-coding-scheme:", ""), StandardCharsets.UTF_8);
        return SCHEMES.getOrDefault(system, local) + " "
                + concept.getCodingFirstRep().getCode();
    }

    private static String meaning(CodeableConcept concept) {
        return concept.getCodingFirstRep().getDisplay().toLowerCase(Locale.ROOT);
    }

    static Readings hl7(ReportView view) throws HL7Exception {
        ORU_R01 message = OruReportTest.read(view);
        var order = message.getPATIENT_RESULT().getORDER_OBSERVATION();
        List<String> status =
                new ArrayList<>(List.of(order.getOBR().getObr25_ResultStatus().getValue()));
        List<String> ids = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        Map<String, List<OBX>> findings = new LinkedHashMap<>();
        for (OBX obx : OruReportTest.observations(message)) {
            String subId = obx.getObx4_ObservationSubID().getValue();
            String value = obx.getObservationValue(0).getData().toString();
            if ("O".equals(obx.getObx11_ObservationResultStatus().getValue())) {
                ids.add(value);
                continue;
            }
            status.add(obx.getObx11_ObservationResultStatus().getValue());
            if ("FT".equals(obx.getObx2_ValueType().getValue())) {
                sentences.add(value);
            } else if (subId != null && subId.startsWith("F")) {
                findings.computeIfAbsent(subId, any -> new ArrayList<>()).add(obx);
            }
        }
        List<Said> said = new ArrayList<>();
        for (List<OBX> group : findings.values()) {
            String id = null;
            String site = null;
            String side = null;
            List<String> numbers = new ArrayList<>();
            for (OBX obx : group.subList(1, group.size())) {
                String name = name(obx);
                if (obx.getObservationValue(0).getData() instanceof CWE coded) {
                    if (name.endsWith("363698007")) {
                        site = coded.getNameOfCodingSystem().getValue() + " "
                                + coded.getIdentifier().getValue();
                    } else {
                        side = coded.getText().getValue().toLowerCase(Locale.ROOT);
                    }
                } else if (name.endsWith("112040")) {
                    id = obx.getObservationValue(0).getData().toString();
                } else {
                    numbers.add(Said.number(
                            name,
                            new BigDecimal(obx.getObservationValue(0).getData().toString()),
                            obx.getObx6_Units().getIdentifier().getValue()));
                }
            }
            OBX first = group.get(0);
            CWE presence = (CWE) first.getObservationValue(0).getData();
            said.add(new Said(
                    id, name(first), site, side, presence.getText().getValue().toLowerCase(Locale.ROOT), numbers));
        }
        NDL reader = order.getOBR().getObr32_PrincipalResultInterpreter();
        List<String> readers = reader.isEmpty()
                ? List.of()
                : List.of(reader.getNdl1_Name().getIDNumber().getValue() + " "
                        + reader.getNdl3_EndDateTime().getTime().getValue());
        return new Readings(ids, status, readers, sentences, said, null);
    }

    private static String name(OBX obx) {
        return obx.getObx3_ObservationIdentifier().getNameOfCodingSystem().getValue() + " "
                + obx.getObx3_ObservationIdentifier().getIdentifier().getValue();
    }

    /** A UUID as a UID: what HL7 and SR name a finding by. */
    static Said uid(Said said) {
        return new Said(
                Uid.of(UUID.fromString(said.id())),
                said.code(),
                said.site(),
                said.side(),
                said.presence(),
                said.numbers());
    }

    static Readings html(ReportView view) {
        Document page = Jsoup.parse(HtmlReport.of(view, null));
        List<String> findings = page.select("li").stream()
                .map(note -> String.join(" ", note.select(".line").eachText()) + " model ")
                .distinct()
                .toList();
        return new Readings(
                page.select(".about td").eachText(),
                List.of(page.selectFirst(".status").text()),
                null,
                page.select(".sentence > p").stream().map(Element::text).toList(),
                findings.stream().flatMap(Said::read).toList(),
                null);
    }

    static Readings pdf(ReportView view) throws IOException {
        try (PDDocument document = Loader.loadPDF(PdfReport.of(view))) {
            String text = new PDFTextStripper().getText(document);
            return words(text.replaceAll("(?m)^.*: .* [0-9a-f-]{36}, Version [0-9]+ *[0-9]+ / [0-9]+\\s*$", ""));
        }
    }

    static Readings words(String text) {
        String words = text.replaceAll("\\s+", " ");
        return new Readings(null, null, null, null, Said.read(words).toList(), words);
    }

    /** What {@code dsr2xml} wrote. */
    static Readings sr(org.w3c.dom.Document xml) {
        List<Said> findings = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (org.w3c.dom.Element container : elements(xml.getDocumentElement(), "container")) {
            String concept = concept(container);
            if ("DCM 125007".equals(concept)) {
                findings.add(group(container));
            } else if ("UMLS C0034375".equals(concept)) {
                children(container, "text")
                        .forEach(text -> sentences.add(child(text, "value").getTextContent()));
            }
        }
        ids.add(elements(xml.getDocumentElement(), "study").get(0).getAttribute("uid"));
        ids.add(elements(xml.getDocumentElement(), "instance").get(0).getAttribute("uid"));
        List<String> status = List.of(
                elements(xml.getDocumentElement(), "verification").get(0).getAttribute("flag"),
                elements(xml.getDocumentElement(), "preliminary").get(0).getAttribute("flag"));
        List<String> readers = elements(xml.getDocumentElement(), "observer").stream()
                .map(observer -> child(child(observer, "name"), "last").getTextContent())
                .toList();
        return new Readings(ids, status, readers, sentences, findings, null);
    }

    private static Said group(org.w3c.dom.Element container) {
        String code = null;
        String site = null;
        String side = null;
        String presence = null;
        List<String> numbers = new ArrayList<>();
        for (org.w3c.dom.Element item : elements(container, "code")) {
            String value = coded(item);
            String meaning = child(item, "meaning").getTextContent().toLowerCase(Locale.ROOT);
            switch (concept(item)) {
                case "DCM 121071" -> code = value;
                case "SCT 363698007" -> site = value;
                case "SCT 272741003" -> side = meaning;
                case "SCT 705057003" -> presence = meaning;
                default -> throw new AssertionError("a code of " + concept(item));
            }
        }
        for (org.w3c.dom.Element item : children(container, "num")) {
            numbers.add(Said.number(
                    concept(item),
                    new BigDecimal(child(item, "value").getTextContent()),
                    child(child(item, "unit"), "value").getTextContent()));
        }
        String id = children(container, "uidref").stream()
                .filter(item -> "DCM 112040".equals(concept(item)))
                .map(item -> child(item, "value").getTextContent())
                .findFirst()
                .orElseThrow();
        return new Said(id, code, site, side, presence, numbers);
    }

    private static String concept(org.w3c.dom.Element item) {
        org.w3c.dom.Element concept = child(item, "concept");
        return concept == null ? "" : coded(concept);
    }

    private static String coded(org.w3c.dom.Element code) {
        return child(child(code, "scheme"), "designator").getTextContent() + " "
                + child(code, "value").getTextContent();
    }

    private static List<org.w3c.dom.Element> elements(org.w3c.dom.Element below, String name) {
        List<org.w3c.dom.Element> elements = new ArrayList<>();
        var found = below.getElementsByTagName(name);
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((org.w3c.dom.Element) found.item(i));
        }
        return elements;
    }

    private static List<org.w3c.dom.Element> children(org.w3c.dom.Element of, String name) {
        List<org.w3c.dom.Element> children = new ArrayList<>();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof org.w3c.dom.Element element
                    && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }

    private static org.w3c.dom.Element child(org.w3c.dom.Element of, String name) {
        List<org.w3c.dom.Element> children = children(of, name);
        return children.isEmpty() ? null : children.get(0);
    }
}
