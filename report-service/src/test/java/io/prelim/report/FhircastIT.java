package io.prelim.report;

import static io.prelim.report.CastClient.ALL;
import static io.prelim.report.CastClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The hub between clients; that its answers are those of the specification {@code deploy/fhircast} checks too. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
class FhircastIT {
    private static final String REPORT = "DiagnosticReport";

    private final String topic = UUID.randomUUID().toString();

    @Test
    void contextsAndContentGoRound() {
        try (CastClient pacs = CastClient.join(topic, ALL);
                CastClient reporting = CastClient.join(topic, "DiagnosticReport-*,SyncError")) {
            assertThat(pacs.messages().get(0).path("hub.lease_seconds").asInt()).isEqualTo(7200);

            assertThat(open(reporting).statusCode()).isEqualTo(202);
            String first = version(pacs.event("DiagnosticReport-open", 1));
            assertThat(version(reporting.event("DiagnosticReport-open", 1))).isEqualTo(first);

            assertThat(pacs.send(
                                    "DiagnosticReport-update",
                                    first,
                                    report(),
                                    updates(put("Observation", "o1", "'valueDecimal':1.5")))
                            .statusCode())
                    .isEqualTo(202);
            JsonNode update = reporting.event("DiagnosticReport-update", 1);
            String second = version(update);
            assertThat(second).isNotEqualTo(first);
            assertThat(update.path("event").path("context.priorVersionId").asText())
                    .isEqualTo(first);
            assertThat(update.toString()).contains("\"o1\"");

            assertThat(reporting
                            .send(
                                    "DiagnosticReport-update",
                                    second,
                                    report(),
                                    updates(put("Observation", "o2", "'status':'final'"), delete("Observation/o1")))
                            .statusCode())
                    .isEqualTo(202);
            String third = version(pacs.event("DiagnosticReport-update", 2));

            JsonNode current = pacs.current();
            assertThat(current.path("context.type").asText()).isEqualTo(REPORT);
            assertThat(current.path("context.versionId").asText()).isEqualTo(third);
            JsonNode content = current.path("context").findValues("resource").stream()
                    .filter(each -> each.path("resourceType").asText().equals("Bundle"))
                    .findFirst()
                    .orElseThrow();
            assertThat(content.path("type").asText()).isEqualTo("collection");
            assertThat(content.path("entry")).hasSize(1);
            assertThat(content.path("entry").get(0).path("resource").path("id").asText())
                    .isEqualTo("o2");

            assertThat(pacs.send("diagnosticreport-CLOSE", null, report()).statusCode())
                    .isEqualTo(202);
            reporting.event("DiagnosticReport-close", 1);
            assertThat(pacs.current().path("context.type").asText()).isEmpty();
            assertThat(pacs.current().path("context")).isEmpty();
        }
    }

    @Test
    void updatesThatDoNotFitReachNobody() {
        try (CastClient client = CastClient.join(topic, ALL)) {
            open(client);
            String version = version(client.event("DiagnosticReport-open", 1));
            JsonNode good = put("Observation", "o1", "'status':'final'");
            String large = "'valueString':'" + "x".repeat(70_000) + "'";
            assertRefused(400, client, "stale", report(), updates(good));
            assertRefused(400, client, null, report(), updates(good));
            assertRefused(400, client, version, updates(good));
            assertRefused(400, client, version, report());
            assertRefused(400, client, version, report(), updates(good), updates(good));
            assertRefused(400, client, version, report(), updates(good, good));
            assertRefused(400, client, version, report(), updates(good, delete("Observation/unknown")));
            assertRefused(400, client, version, report(), updates(good, delete("Patient/p1")));
            assertRefused(
                    400, client, version, report(), updates(put("Patient", "p1", "'identifier':[{'value':'other'}]")));
            assertRefused(400, client, version, report(), updates(put("Observation", "no id", "'status':'final'")));
            assertRefused(
                    400,
                    client,
                    version,
                    json("{'key':'report','resource':{'resourceType':'DiagnosticReport','id':'other'}}"),
                    updates(good));
            assertRefused(413, client, version, report(), updates(put("Observation", "o1", large)));

            assertThat(client.current().path("context.versionId").asText()).isEqualTo(version);
            assertThat(client.send("DiagnosticReport-update", version, report(), updates(good))
                            .statusCode())
                    .isEqualTo(202);
            client.event("DiagnosticReport-update", 1);
            assertThat(client.events("DiagnosticReport-update")).hasSize(1);
        }
    }

    @Test
    void aContextHoldsNoMoreThanItMay() {
        try (CastClient client = CastClient.join(topic, ALL)) {
            open(client);
            String version = version(client.event("DiagnosticReport-open", 1));
            String half = "'valueString':'" + "x".repeat(60_000) + "'";
            int status = 202;
            int count = 0;
            while (status == 202 && count < 30) {
                status = client.send(
                                "DiagnosticReport-update",
                                version,
                                report(),
                                updates(put("Observation", "o" + count, half)))
                        .statusCode();
                if (status == 202) {
                    count++;
                    version = version(client.event("DiagnosticReport-update", count));
                }
            }
            assertThat(status).isEqualTo(413);
            assertThat(count).isBetween(15, 18);
            assertThat(client.current().path("context.versionId").asText()).isEqualTo(version);
        }
    }

    @Test
    void anEventThatComesAgainIsNotDistributedAgain() {
        try (CastClient client = CastClient.join(topic, ALL)) {
            String body =
                    "{'timestamp':'2026-03-01T08:00:00Z','id':'again-1','event':{'hub.topic':'%s','hub.event':'Patient-open','context':[{'key':'patient','resource':{'resourceType':'Patient','id':'p1','multipleBirthInteger':1.50}}]}}"
                            .formatted(topic)
                            .replace('\'', '"');
            assertThat(CastClient.post(body).statusCode()).isEqualTo(202);
            assertThat(CastClient.post(body).statusCode()).isEqualTo(202);
            assertThat(CastClient.post(body.replace("p1", "p2")).statusCode()).isEqualTo(400);
            client.send(
                    "Patient-close", null, json("{'key':'patient','resource':{'resourceType':'Patient','id':'p1'}}"));
            client.event("Patient-close", 1);

            assertThat(client.events("Patient-open")).singleElement().satisfies(event -> {
                assertThat(event.path("id").asText()).isEqualTo("again-1");
                assertThat(event.path("timestamp").asText()).isEqualTo("2026-03-01T08:00:00Z");
            });
            assertThat(client.texts().toString())
                    .as("a number keeps its digits")
                    .contains("1.50");
        }
    }

    @Test
    void whoComesLaterIsToldWhatIsOpen() {
        try (CastClient first = CastClient.join(topic, ALL)) {
            first.send("Patient-open", null, json("{'key':'patient','resource':{'resourceType':'Patient','id':'p1'}}"));
            open(first);
            String version = version(first.event("DiagnosticReport-open", 1));
            try (CastClient late = CastClient.join(topic, "DiagnosticReport-open")) {
                assertThat(version(late.event("DiagnosticReport-open", 1))).isEqualTo(version);
                assertThat(late.events("Patient-open")).isEmpty();
            }
        }
    }

    @Test
    void whoLosesTheConnectionComesBackByTheSameAddress() {
        try (CastClient client = CastClient.join(topic, ALL, "subscriber.name", "viewer");
                CastClient other = CastClient.join(topic, "SyncError")) {
            open(client);
            client.event("DiagnosticReport-open", 1);
            client.abort();
            assertThat(other.event("SyncError", 1).toString()).contains("viewer lost its connection");
            client.connect();
            client.event("DiagnosticReport-open", 2);
        }
    }

    @Test
    void aSubscriptionIsChangedAndEnded() {
        try (CastClient client = CastClient.join(topic, "Patient-open")) {
            assertThat(CastClient.subscribe(topic, "Patient-close", "hub.channel.endpoint", client.endpoint())
                            .jsonPath()
                            .getString("'hub.channel.endpoint'"))
                    .isEqualTo(client.endpoint());
            JsonNode patient = json("{'key':'patient','resource':{'resourceType':'Patient','id':'p1'}}");
            client.send("Patient-open", null, patient);
            client.send("Patient-close", null, patient);
            client.event("Patient-close", 1);
            assertThat(client.events("Patient-open")).isEmpty();

            assertThat(client.unsubscribe().statusCode()).isEqualTo(202);
            assertThat(client.denial().path("hub.topic").asText()).isEqualTo(topic);
            await().untilAsserted(() -> assertThat(client.closed()).isEqualTo(1000));
            assertThat(client.unsubscribe().statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aLeaseEnds() {
        try (CastClient client = CastClient.join(topic, ALL, "hub.lease_seconds", "1")) {
            assertThat(client.messages().get(0).path("hub.lease_seconds").asInt())
                    .isEqualTo(1);
            assertThat(client.denial().path("hub.reason").asText()).contains("lease");
            await().untilAsserted(() -> assertThat(client.closed()).isEqualTo(1000));
        }
    }

    @Test
    void whoRefusesOrIsSilentIsToldOfToTheOthers() {
        try (CastClient good = CastClient.join(topic, ALL);
                CastClient bad = CastClient.join(topic, "Patient-open", "subscriber.name", "Acme viewer")
                        .answering(409)) {
            JsonNode patient = json("{'key':'patient','resource':{'resourceType':'Patient','id':'p1'}}");
            good.sendAs("event-1", "Patient-open", null, patient);
            JsonNode error = good.event("SyncError", 1);
            JsonNode outcome = error.path("event").path("context").get(0);
            assertThat(outcome.path("key").asText()).isEqualTo("operationoutcome");
            assertThat(outcome.path("resource")
                            .path("issue")
                            .get(0)
                            .path("severity")
                            .asText())
                    .isEqualTo("warning");
            assertThat(outcome.toString()).contains("event-1", "Patient-open", "Acme viewer", "refused");

            bad.answering(0);
            good.sendAs("event-2", "Patient-open", null, patient);
            assertThat(good.event("SyncError", 2).toString()).contains("event-2", "did not answer");
            good.sendAs("event-3", "Patient-open", null, patient);
            good.sendAs("event-4", "Patient-open", null, patient);
            good.event("SyncError", 4);
            assertThat(bad.denial().path("hub.reason").asText()).contains("not answered");
        }
    }

    @Test
    void quietConnectionsHaveHeartbeats() {
        try (CastClient client = CastClient.join(topic, "heartbeat")) {
            assertThat(client.event("Heartbeat", 2)
                            .path("event")
                            .path("context")
                            .get(0)
                            .path("key")
                            .asText())
                    .isEqualTo("period");
        }
    }

    @Test
    void whoNeverReadsHarmsNobody() throws Exception {
        String endpoint = CastClient.subscribe(topic, "SyncError", "subscriber.name", "deaf")
                .jsonPath()
                .getString("'hub.channel.endpoint'");
        try (Socket deaf = new Socket();
                CastClient client = CastClient.join(topic, ALL)) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
            deaf.getOutputStream()
                    .write(("GET " + URI.create(endpoint).getPath()
                                    + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            deaf.setSoTimeout(20_000);
            assertThat(new String(deaf.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 101");
            double cut = metric("prelim_report_fhircast_cut_total");
            // nobody answers these, so that it is not given up for silence first
            JsonNode large = json(
                    "{'key':'operationoutcome','resource':{'resourceType':'OperationOutcome','issue':[{'diagnostics':'"
                            + "x".repeat(60_000) + "'}]}}");
            for (int i = 1; i <= 400 && metric("prelim_report_fhircast_cut_total") == cut; i++) {
                assertThat(client.send("SyncError", null, large).statusCode()).isEqualTo(202);
                client.event("SyncError", i);
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(metric("prelim_report_fhircast_cut_total"))
                            .isGreaterThan(cut));
            assertThat(client.events("SyncError").toString()).contains("deaf");
            // the server gave its connection up: what was sent can be read to its end
            assertThat(endOf(deaf)).isTrue();
        }
    }

    @Test
    void whatCannotBeSubscribedToIsRefused() {
        for (List<String> bad : List.of(
                List.of("hub.channel.type", "webhook", "hub.callback", "http://169.254.169.254/latest"),
                List.of("hub.mode", "publish"),
                List.of("hub.topic", "short"),
                List.of("hub.topic", "../../etc/passwd"),
                List.of("hub.events", ""),
                List.of("hub.events", "Nothing-open"),
                List.of("hub.lease_seconds", "0"),
                List.of("hub.lease_seconds", "-1"),
                List.of("hub.lease_seconds", "soon"),
                List.of("hub.channel.endpoint", "ws://169.254.169.254/channel/x"),
                List.of("subscriber.name", "a\nb"))) {
            var request = RestAssured.given();
            for (List<String> each : List.of(
                    List.of("hub.channel.type", "websocket"),
                    List.of("hub.mode", "subscribe"),
                    List.of("hub.topic", topic),
                    List.of("hub.events", "*"))) {
                if (!bad.contains(each.get(0))) {
                    request = request.formParam(each.get(0), each.get(1));
                }
            }
            for (int i = 0; i < bad.size(); i += 2) {
                request = request.formParam(bad.get(i), bad.get(i + 1));
            }
            request.post("/fhircast").then().statusCode(400).contentType("application/problem+json");
        }
        RestAssured.get("/fhircast/channel/" + "A".repeat(43)).then().statusCode(404);
        RestAssured.get("/fhircast/{topic}", topic).then().statusCode(404);
    }

    @Test
    void whatIsNoEventIsRefused() {
        try (CastClient client = CastClient.join(topic, ALL)) {
            String good =
                    "{'timestamp':'2026-03-01T08:00:00Z','id':'ID','event':{'hub.topic':'%s','hub.event':'Patient-open','context':[{'key':'patient','resource':{'resourceType':'Patient','id':'p1'}}]}}"
                            .formatted(topic)
                            .replace('\'', '"');
            for (String bad : List.of(
                    "",
                    "[]",
                    good.replace("timestamp", "time"),
                    good.replace("2026-03-01T08", "yesterday"),
                    good.replace("\"id\":\"ID\"", "\"id\":\"\""),
                    good.replace("\"id\":\"ID\"", "\"id\":\"ID\",\"id\":\"ID\""),
                    good.replace("\"event\":", "\"evnt\":"),
                    good.replace(topic, UUID.randomUUID().toString()),
                    good.replace("Patient-open", "ImagingStudy-open"),
                    good.replace("\"key\":\"patient\"", "\"key\":\"study\""),
                    good.replace("\"resourceType\":\"Patient\"", "\"resourceType\":\"Person\""),
                    good.replace("\"id\":\"p1\"", "\"id\":\"\""),
                    good + good,
                    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
                    "[".repeat(1_500))) {
                assertThat(CastClient.post(bad).statusCode())
                        .as(bad.substring(0, Math.min(200, bad.length())))
                        .isEqualTo(400);
            }
            assertThat(CastClient.post(good.replace("Patient-open", "Heartbeat"))
                            .statusCode())
                    .isEqualTo(422);
            assertThat(CastClient.post(good.replace("Patient-open", "org.example.other"))
                            .statusCode())
                    .isEqualTo(422);
            assertThat(CastClient.post(good.replace("Patient-open", "org.example.annotate")
                                    .replace("ID", "relayed"))
                            .statusCode())
                    .isEqualTo(202);
            assertThat(client.event("org.example.annotate", 1).path("id").asText())
                    .isEqualTo("relayed");
            assertThat(client.events("Patient-open")).isEmpty();
            RestAssured.given()
                    .contentType("application/xml")
                    .body("<a/>")
                    .post("/fhircast")
                    .then()
                    .statusCode(415);
        }
    }

    @Test
    void whatTheHubCanDoIsToldAndNoAddressLeaks() {
        RestAssured.get("/fhircast/.well-known/fhircast-configuration")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("websocketSupport", is(true))
                .body("fhircastVersion", is("STU3"))
                .body("getCurrentSupport", is(true))
                .body("eventsSupported", hasItems("DiagnosticReport-update", "ImagingStudy-open", "SyncError"));
        try (CastClient client = CastClient.join(topic, ALL)) {
            client.current();
            String channel = client.endpoint().substring(client.endpoint().lastIndexOf('/') + 1);
            String metrics = RestAssured.get("/q/metrics").asString();
            assertThat(channel).hasSize(43);
            assertThat(metrics)
                    .contains("prelim_report_fhircast_subscribers")
                    .doesNotContain(channel)
                    .doesNotContain(topic);
        }
    }

    private static void assertRefused(int status, CastClient client, String version, JsonNode... context) {
        var response = client.send("DiagnosticReport-update", version, context);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    }

    private static io.restassured.response.Response open(CastClient client) {
        return client.send(
                "DiagnosticReport-open",
                null,
                report(),
                json(
                        "{'key':'patient','resource':{'resourceType':'Patient','id':'p1','identifier':[{'value':'4711'}]}}"),
                json("{'key':'study','resource':{'resourceType':'ImagingStudy','id':'s1'}}"));
    }

    private static JsonNode report() {
        return json("{'key':'report','resource':{'resourceType':'DiagnosticReport','id':'r1','status':'unknown'}}");
    }

    private static JsonNode updates(JsonNode... entries) {
        return json("{'key':'updates','resource':{'resourceType':'Bundle','id':'b1','type':'transaction','entry':"
                + List.of(entries) + "}}");
    }

    private static JsonNode put(String type, String id, String field) {
        return json("{'request':{'method':'PUT'},'resource':{'resourceType':'" + type + "','id':'" + id + "'," + field
                + "}}");
    }

    private static JsonNode delete(String reference) {
        return json("{'fullUrl':'" + reference + "','request':{'method':'DELETE'}}");
    }

    private static String version(JsonNode event) {
        return event.path("event").path("context.versionId").asText();
    }

    private static boolean endOf(Socket socket) {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static double metric(String name) {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
