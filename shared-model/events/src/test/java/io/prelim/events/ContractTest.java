package io.prelim.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ContractTest {
    @Test
    void derivedIdsAreVersion5AndKeepPartsApart() {
        UUID id = Ids.v5("ab", "c");

        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id).isEqualTo(Ids.v5("ab", "c")).isNotEqualTo(Ids.v5("a", "bc"));
    }

    @Test
    void identityShowsItselfOnlyToWhoAsks() throws Exception {
        PatientContext context = (PatientContext) Samples.of(PatientContext.class);

        assertThat(context.toString()).doesNotContain("SAMPLE", "S-1", "20230101", "A-1", "cough");
        PatientContext read = EventJson.read(EventJson.write(context), PatientContext.class);
        assertThat(read.patientName().reveal()).isEqualTo("SAMPLE^ONE");
    }

    @Test
    void keysOfOrdersAndPatientsAreHmacsInAUuid() throws Exception {
        IdentityKeys keys = new IdentityKeys("0123456789abcdef");
        byte[] parts = {
            0, 0, 0, 7, 'p', 'a', 't', 'i', 'e', 'n', 't', // kind
            0, 0, 0, 1, 'I', // issuer
            0, 0, 0, 2, '4', '7' // id
        };
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("0123456789abcdef".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String hash = HexFormat.of().formatHex(mac.doFinal(parts));

        UUID key = keys.patient("I", Phi.of("47"));

        assertThat(key.version()).isEqualTo(8);
        assertThat(key.variant()).isEqualTo(2);
        assertThat(key.toString().replace("-", ""))
                .startsWith(hash.substring(0, 12))
                .endsWith(hash.substring(17, 32));
        assertThat(key)
                .isNotEqualTo(keys.order("I", Phi.of("47")))
                .isNotEqualTo(keys.patient("I4", Phi.of("7")))
                .isNotEqualTo(new IdentityKeys("0123456789abcdeg").patient("I", Phi.of("47")));
        assertThatThrownBy(() -> new IdentityKeys("short")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOrderShowsNoIdentity() {
        OrderPlaced placed = (OrderPlaced) Samples.of(OrderPlaced.class);

        assertThat(placed.toString()).doesNotContain("SAMPLE", "S-1", "P-1", "F-1", "A-1", "20230101", "cough");
        assertThat(placed.order().number()).isEqualTo(Phi.of("P-1"));
    }

    @Test
    void unreadableEventTellsWhereButNotWhat() {
        byte[] broken = "{\"studyKey\":\"SECRET^NAME\"}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EventJson.read(broken, PatientContext.class))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("26 bytes")
                .hasMessageContaining("line 1")
                .message()
                .doesNotContain("SECRET");
    }

    @Test
    void cloudEventHeadersFollowTheKafkaBinding() {
        StudyReceived study = (StudyReceived) Samples.of(StudyReceived.class);
        UUID id = Ids.v5("event");

        CloudEvent event = CloudEvent.of(id, "ingest", Instant.parse("2026-11-24T08:00:00Z"), study);

        assertThat(event.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", id.toString())
                .containsEntry("ce_source", "/prelim/ingest")
                .containsEntry("ce_type", "io.prelim.StudyReceived.v1")
                .containsEntry("ce_subject", study.studyKey().toString())
                .containsEntry("ce_time", "2026-11-24T08:00:00Z")
                .containsEntry("ce_dataschema", "urn:prelim:schema:StudyReceived.v1")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void aStructuredCloudEventSaysTheSameInOneObject() throws Exception {
        ReportChanged change = (ReportChanged) Samples.of(ReportChanged.class);
        UUID id = Ids.change(change.reportKey(), change.version());

        JsonNode event = EventJson.mapper()
                .readTree(CloudEvent.of(id, "report", Instant.parse("2026-11-24T08:00:00Z"), change)
                        .structured());

        assertThat(event.get("specversion").asText()).isEqualTo("1.0");
        assertThat(event.get("id").asText()).isEqualTo(id.toString());
        assertThat(event.get("source").asText()).isEqualTo("/prelim/report");
        assertThat(event.get("type").asText()).isEqualTo("io.prelim.ReportChanged.v1");
        assertThat(event.get("subject").asText()).isEqualTo(change.reportKey().toString());
        assertThat(event.get("time").asText()).isEqualTo("2026-11-24T08:00:00Z");
        assertThat(event.get("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(event.get("dataschema").asText()).isEqualTo("urn:prelim:schema:ReportChanged.v1");
        assertThat(EventJson.mapper().treeToValue(event.get("data"), ReportChanged.class))
                .isEqualTo(change);
    }

    @Test
    void aDeploymentsNameCannotEscapeItsTopic() {
        assertThat(Topics.analysisRequested("chest", Priority.STAT)).isEqualTo("analysis-requested.chest.stat.v1");
        assertThat(Topics.analysisRequested("chest", Priority.UNKNOWN))
                .isEqualTo("analysis-requested.chest.routine.v1");
        assertThatThrownBy(() -> Topics.analysisRequested("a.b", Priority.STAT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a.b\"");
    }
}
