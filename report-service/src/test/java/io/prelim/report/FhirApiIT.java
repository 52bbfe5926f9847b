package io.prelim.report;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import ca.uhn.fhir.util.ResourceReferenceInfo;
import io.prelim.events.ModelReference;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.report.render.fhir.FhirReport;
import io.prelim.report.render.fhir.FhirReportTest;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports as FHIR's RESTful API gives them, read by HAPI and held against R4's profiles. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class FhirApiIT {
    private static final ModelReference CHEST = active("chest");
    private static final String PNEUMONIA = "http://snomed.info/sct|233604007";

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();
    private final String patient = "H-" + UUID.randomUUID();
    private final String accession = "A-" + UUID.randomUUID();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aReportIsReadAndWhatItRefersToIsThere() {
        drafted();

        Response answer = get("/fhir/DiagnosticReport/" + study.reportKey());

        answer.then().statusCode(200).contentType(startsWith("application/fhir+json"));
        assertThat(FhirReportTest.errors(answer.asString())).isEmpty();
        DiagnosticReport report = parse(DiagnosticReport.class, answer);
        assertThat(report.getStatus().toCode()).isEqualTo("partial");
        assertThat(report.getSubject().getIdentifier().getValue()).isEqualTo(patient);
        assertThat(report.getSubject().getReference()).isNull();
        List<String> addresses = addresses(report);
        assertThat(addresses).hasSize(2).anyMatch(each -> each.startsWith("Observation/"));
        for (String address : addresses) {
            Response part = get("/fhir/" + address);
            part.then().statusCode(200);
            assertThat(FhirReportTest.errors(part.asString())).as(address).isEmpty();
            addresses(parse(Resource.class, part))
                    .forEach(each -> get("/fhir/" + each).then().statusCode(200));
            if (address.startsWith("Observation/")) {
                Observation finding = parse(Observation.class, part);
                assertThat(finding.getDevice().getIdentifier().getValue()).isEqualTo(CHEST.modelDigest());
                assertThat(finding.getStatus().toCode()).isEqualTo("preliminary");
            }
        }
        assertThat(report.getPresentedForm()).hasSize(2).allSatisfy(form -> {
            assertThat(form.getData()).isNull();
            given().accept(form.getContentType()).get(form.getUrl()).then().statusCode(200);
        });
    }

    @Test
    void versionsStay() {
        drafted();
        Response newest = get("/fhir/DiagnosticReport/" + study.reportKey());
        String tag = newest.header("ETag");
        int version = Integer.parseInt(tag.replaceAll("\\D", ""));
        given().header("If-None-Match", tag)
                .get("/fhir/DiagnosticReport/{key}", study.reportKey())
                .then()
                .statusCode(304);

        Response history = get("/fhir/DiagnosticReport/" + study.reportKey() + "/_history");
        assertThat(FhirReportTest.errors(history.asString())).isEmpty();
        Bundle versions = parse(Bundle.class, history);
        assertThat(versions.getEntry()).hasSize(version);
        assertThat(versions.getEntryFirstRep().getResponse().getEtag()).isEqualTo(tag);
        Response first = get("/fhir/DiagnosticReport/" + study.reportKey() + "/_history/1");
        assertThat(first.header("ETag")).isEqualTo("W/\"1\"");
        assertThat(parse(DiagnosticReport.class, first).getMeta().getVersionId())
                .isEqualTo("1");
        get("/fhir/DiagnosticReport/" + study.reportKey() + "/_history/999")
                .then()
                .statusCode(404);
    }

    @Test
    void whoIsAskedForByPatientOrOrderIsAskedForByForm() {
        drafted();
        Studies other = Studies.fresh();
        drafted(other, "other-" + patient, "other-" + accession);

        for (Map<String, String> form : List.of(
                Map.of("patient:identifier", patient),
                Map.of("based-on:identifier", accession),
                Map.of(
                        "based-on:identifier",
                        accession,
                        "patient:identifier",
                        "|" + patient,
                        "status",
                        "partial,final"))) {
            Response answer = search(form);
            assertThat(FhirReportTest.errors(answer.asString())).isEmpty();
            assertThat(keys(answer)).containsExactly(study.reportKey().toString());
            assertThat(parse(Bundle.class, answer).getLink("self").getUrl()).doesNotContain(patient, accession);
        }
        assertThat(keys(search(Map.of("patient:identifier", patient, "based-on:identifier", "other-" + accession))))
                .isEmpty();
        for (String identified : List.of("patient:identifier", "based-on:identifier")) {
            Response refused = given().queryParam(identified, patient).get("/fhir/DiagnosticReport");
            refused.then().statusCode(400).contentType(startsWith("application/fhir+json"));
            assertThat(FhirReportTest.errors(refused.asString())).isEmpty();
            assertThat(refused.asString()).doesNotContain(patient);
        }
    }

    @Test
    void findingsComeWithTheirReports() {
        drafted();

        Response answer = given().queryParams(Map.of(
                        "_id",
                        study.reportKey().toString(),
                        "result.code",
                        PNEUMONIA,
                        "_include",
                        "DiagnosticReport:result"))
                .get("/fhir/DiagnosticReport");

        assertThat(FhirReportTest.errors(answer.asString())).isEmpty();
        Bundle page = parse(Bundle.class, answer);
        assertThat(page.getEntry())
                .extracting(entry -> entry.getSearch().getMode().toCode() + " "
                        + entry.getResource().fhirType())
                .containsExactly("match DiagnosticReport", "include Observation");
        assertThat(page.getEntryFirstRep().getFullUrl()).endsWith("/fhir/DiagnosticReport/" + study.reportKey());
        given().queryParams(Map.of("_id", study.reportKey().toString(), "result.code", "http://snomed.info/sct|1"))
                .get("/fhir/DiagnosticReport")
                .then()
                .body("entry", is((Object) null));
        assertThat(keys(given().queryParam("identifier", "urn:ietf:rfc:3986|urn:uuid:" + study.reportKey())
                        .get("/fhir/DiagnosticReport")))
                .containsExactly(study.reportKey().toString());
    }

    @Test
    void whoFollowsByPagesMissesNothingThatChangesMeanwhile() {
        drafted();
        List<Studies> studies = new ArrayList<>(List.of(study));
        for (int i = 0; i < 3; i++) {
            Studies each = Studies.fresh();
            drafted(each, patient, accession);
            studies.add(each);
        }
        String ids = String.join(
                ",", studies.stream().map(each -> each.reportKey().toString()).toList());

        Response page = given().queryParams(Map.of("_id", ids, "_sort", "_lastUpdated", "_count", "2"))
                .get("/fhir/DiagnosticReport");
        assertThat(keys(page))
                .containsExactly(
                        studies.get(0).reportKey().toString(),
                        studies.get(1).reportKey().toString());
        // the first of them changes while its page is read
        int before = service.report(study.reportKey()).getInt("version");
        service.send(study.signed("Normal chest."));
        await().untilAsserted(() ->
                assertThat(service.report(study.reportKey()).getInt("version")).isGreaterThan(before));

        List<String> rest = new ArrayList<>();
        Bundle.BundleLinkComponent next = parse(Bundle.class, page).getLink("next");
        while (next != null) {
            Response more = given().urlEncodingEnabled(false).get(next.getUrl());
            rest.addAll(keys(more));
            next = parse(Bundle.class, more).getLink("next");
        }
        assertThat(rest)
                .containsExactly(
                        studies.get(2).reportKey().toString(),
                        studies.get(3).reportKey().toString(),
                        study.reportKey().toString());
    }

    @Test
    void whatTheServerCanIsSaid() {
        Response answer = get("/fhir/metadata");

        assertThat(FhirReportTest.errors(answer.asString())).isEmpty();
        answer.then().body("rest[0].resource.type", is(List.of("DiagnosticReport", "Observation", "ImagingStudy")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/fhir/DiagnosticReport/x 400",
                "/fhir/DiagnosticReport/00000000-0000-4000-8000-000000000000 404",
                "/fhir/DiagnosticReport/00000000-0000-4000-8000-000000000000/_history 404",
                "/fhir/DiagnosticReport/00000000-0000-4000-8000-000000000000/_history/0 400",
                "/fhir/Observation/00000000-0000-4000-8000-000000000000 404",
                "/fhir/ImagingStudy/00000000-0000-4000-8000-000000000000 404",
                "/fhir/DiagnosticReport?subject=Patient/1 400",
                "/fhir/DiagnosticReport?_count=0 400",
                "/fhir/DiagnosticReport?_count=101 400",
                "/fhir/DiagnosticReport?_count=1&_count=2 400",
                "/fhir/DiagnosticReport?_id=x 400",
                "/fhir/DiagnosticReport?_lastUpdated=2026-03-01 400",
                "/fhir/DiagnosticReport?_lastUpdated=geDoe 400",
                "/fhir/DiagnosticReport?_sort=status 400",
                "/fhir/DiagnosticReport?status=DRAFT 400",
                "/fhir/DiagnosticReport?result.code=233604007 400",
                "/fhir/DiagnosticReport?identifier=Doe 400",
                "/fhir/DiagnosticReport?_include=* 400",
                "/fhir/DiagnosticReport?_after=-1 400"
            })
    void whatCannotBeAnsweredIsToldInFhir(String address, int status) {
        Response answer = get(address);

        answer.then().statusCode(status).contentType(startsWith("application/fhir+json"));
        assertThat(FhirReportTest.errors(answer.asString())).isEmpty();
        assertThat(parse(OperationOutcome.class, answer).getIssueFirstRep().getDiagnostics())
                .isNotBlank()
                .doesNotContain("Doe");
    }

    private void drafted() {
        drafted(study, patient, accession);
    }

    private void drafted(Studies of, String patientId, String accessionNumber) {
        PatientContext known = of.context();
        service.send(
                of.received(),
                new PatientContext(
                        known.studyKey(),
                        known.studyInstanceUid(),
                        1,
                        known.patientName(),
                        Phi.of(patientId),
                        known.issuer(),
                        known.birthDate(),
                        known.sex(),
                        Phi.of(accessionNumber),
                        known.studyDate(),
                        known.studyDescription(),
                        known.indication(),
                        null,
                        null),
                of.plan(FAR, CHEST),
                of.found(CHEST, 0.83));
        service.settled(of);
        await().untilAsserted(() -> assertThat(service.report(of.reportKey()).getString("patient.id"))
                .isEqualTo(patientId));
    }

    private static Response get(String address) {
        return given().urlEncodingEnabled(false).get(address);
    }

    private static Response search(Map<String, String> form) {
        return given().formParams(form).post("/fhir/DiagnosticReport/_search");
    }

    private static List<String> keys(Response page) {
        page.then().statusCode(200);
        return parse(Bundle.class, page).getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    private static List<String> addresses(Resource resource) {
        return FhirReport.CONTEXT.newTerser().getAllResourceReferences(resource).stream()
                .map(ResourceReferenceInfo::getResourceReference)
                .map(each -> ((Reference) each).getReference())
                .filter(each -> each != null)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Resource> T parse(Class<T> type, Response answer) {
        return (T) FhirReport.CONTEXT.newJsonParser().parseResource(answer.asString());
    }
}
