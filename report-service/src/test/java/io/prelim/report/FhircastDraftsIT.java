package io.prelim.report;

import static io.prelim.report.CastClient.json;
import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.events.ModelReference;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Prelim's own drafts in sessions, from study to client. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class FhircastDraftsIT {
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference LUNG = active("lung");
    private static final String OPEN = "DiagnosticReport-open";
    private static final String UPDATE = "DiagnosticReport-update";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final String topic = UUID.randomUUID().toString();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void theFeedOpensEachReportAndTellsItsVersions() {
        Studies study = Studies.fresh();
        try (CastClient client = CastClient.join("prelim-drafts", "*")) {
            service.send(study.received(), study.context());
            service.send(study.plan(FAR, CHEST, LUNG), study.found(CHEST, 0.8));

            JsonNode open = await().atMost(LIMIT)
                    .until(() -> of(client, OPEN, study), events -> !events.isEmpty())
                    .get(0);
            assertThat(open.toString())
                    .contains(Studies.ID)
                    .contains(study.uid())
                    .contains("\"unknown\"");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(of(client, UPDATE, study).toString())
                            .contains("Probable pneumonia.")
                            .contains("\"partial\""));

            service.send(study.found(LUNG, 0.2));
            service.settled(study);
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(of(client, UPDATE, study).toString()).contains(LUNG.modelDigest()));
            List<JsonNode> updates = of(client, UPDATE, study);
            for (int i = 0; i < updates.size(); i++) {
                String before = (i == 0 ? open : updates.get(i - 1))
                        .path("event")
                        .path("context.versionId")
                        .asText();
                assertThat(updates.get(i)
                                .path("event")
                                .path("context.priorVersionId")
                                .asText())
                        .isEqualTo(before);
            }

            assertThat(client.send(
                                    "Patient-open",
                                    null,
                                    json("{'key':'patient','resource':{'resourceType':'Patient','id':'p'}}"))
                            .statusCode())
                    .isEqualTo(403);

            service.send(study.signed("FINDINGS: Pneumonia."));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(of(client, "DiagnosticReport-close", study))
                            .hasSize(1));
        }
    }

    @Test
    void aReportThatIsOpenInASessionIsSharedInIt() {
        Studies study = Studies.fresh();
        try (CastClient reporting = CastClient.join(topic, "*")) {
            // opened before anything of the study is here
            assertThat(reporting
                            .send(
                                    OPEN,
                                    null,
                                    json(
                                            "{'key':'report','resource':{'resourceType':'DiagnosticReport','id':'ris-1'}}"),
                                    json("{'key':'patient','resource':{'resourceType':'Patient','id':'ris-p'}}"),
                                    json(
                                            "{'key':'study','resource':{'resourceType':'ImagingStudy','id':'ris-s','identifier':[{'system':'urn:dicom:uid','value':'urn:oid:"
                                                    + study.uid() + "'}]}}"))
                            .statusCode())
                    .isEqualTo(202);
            service.send(study.received(), study.context());
            service.send(study.plan(FAR, CHEST, LUNG), study.found(CHEST, 0.8));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(reporting.events(UPDATE).toString())
                            .contains("Probable pneumonia.")
                            .contains("Patient/ris-p")
                            .contains("ImagingStudy/ris-s")
                            .doesNotContain(Studies.ID));

            // a reader's own measurement stays, whatever Prelim says later
            JsonNode current = reporting.current();
            assertThat(reporting
                            .send(
                                    UPDATE,
                                    current.path("context.versionId").asText(),
                                    json(
                                            "{'key':'report','resource':{'resourceType':'DiagnosticReport','id':'ris-1'}}"),
                                    json(
                                            "{'key':'updates','resource':{'resourceType':'Bundle','type':'transaction','entry':[{'request':{'method':'PUT'},'resource':{'resourceType':'Observation','id':'mine'}}]}}"))
                            .statusCode())
                    .isEqualTo(202);
            service.send(study.found(LUNG, 0.2));
            service.settled(study);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(reporting.current().toString())
                            .contains("\"mine\"")
                            .contains(LUNG.modelDigest()));
            List<String> provenances = StreamSupport.stream(
                            reporting
                                    .current()
                                    .path("context")
                                    .findValues("resourceType")
                                    .spliterator(),
                            false)
                    .map(JsonNode::asText)
                    .filter("Provenance"::equals)
                    .toList();
            assertThat(provenances).as("that of the version before is deleted").hasSize(1);

            // who comes by the key of the report gets it at once
            try (CastClient late = CastClient.join(UUID.randomUUID().toString(), "*")) {
                late.send(
                        OPEN,
                        null,
                        json("{'key':'report','resource':{'resourceType':'DiagnosticReport','id':'" + study.reportKey()
                                + "'}}"),
                        json("{'key':'patient','resource':{'resourceType':'Patient','id':'p'}}"),
                        json("{'key':'study','resource':{'resourceType':'ImagingStudy','id':'s'}}"));
                assertThat(late.event(UPDATE, 1).toString()).contains("Models differ on pneumonia");
            }
        }
    }

    /** Those events of a name that are about a study's report. */
    private static List<JsonNode> of(CastClient client, String name, Studies study) {
        return client.events(name).stream()
                .filter(each -> each.path("event")
                        .path("context")
                        .get(0)
                        .path("resource")
                        .path("id")
                        .asText()
                        .equals(study.reportKey().toString()))
                .toList();
    }
}
