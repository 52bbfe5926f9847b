package io.prelim.report.delivery;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.report.ServiceUnderTest;
import io.prelim.report.Studies;
import io.prelim.report.delivery.Hook.Says;
import io.prelim.report.mllp.Receiver;
import io.prelim.report.render.hl7.OruReport;
import io.prelim.report.store.DeliveryQueue;
import io.prelim.testkit.badinput.BadInput;
import io.prelim.testkit.badinput.Entrance;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Results on their way to receivers of HL7 and to webhooks that answer, do not, say no, and are cut off. */
@QuarkusTest
@QuarkusTestResource(BrokerAndDatabase.class)
@QuarkusTestResource(value = DestinationAddresses.class, restrictToAnnotatedClass = true)
class DeliveriesIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ModelReference CHEST = active("chest");

    @Inject
    DeliveryQueue queue;

    private final ServiceUnderTest service = new ServiceUnderTest();
    private final Studies study = Studies.fresh();
    private final List<AutoCloseable> peers = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable peer : peers) {
            peer.close();
        }
        service.close();
    }

    @Test
    void aReceiverThatIsDownGetsAllInOrderOnceInEffect() throws Exception {
        settle(study);
        settle(study.revised());
        unreachable("ris");
        given().get("/q/health/ready").then().statusCode(200);
        AtomicInteger lost = new AtomicInteger(2);

        Receiver ris = receive(
                DestinationAddresses.RIS,
                message -> ours(message) && lost.getAndDecrement() > 0
                        ? null
                        : Receiver.ack("AA", Receiver.controlId(message)));

        JsonPath sent = deliveries("ris", study, "SENT");
        List<String> ids = of(ris, study).stream().map(Receiver::controlId).toList();
        assertThat(ids.subList(0, 3)).containsOnly(ids.get(0));
        assertThat(ids.subList(2, ids.size())).doesNotHaveDuplicates();
        assertThat(ids.stream().distinct().toList())
                .hasSizeGreaterThan(1)
                .containsExactlyElementsOf(sent.getList("messageId"));
        List<Integer> versions = sent.getList("version");
        assertThat(versions).isSorted();
        String newest = of(ris, study).get(ids.size() - 1);
        byte[] asked = given().accept("application/hl7-v2")
                .get("/api/reports/{key}", study.reportKey())
                .asByteArray();
        assertThat(newest)
                .as("what the API tells, addressed")
                .startsWith("MSH|^~\\&|PRELIM||RIS||")
                .isEqualTo(new String(asked, StandardCharsets.UTF_8).replace("|PRELIM||||", "|PRELIM||RIS||"));
        assertThat(sent.getList("archive")).containsOnlyNulls();
        assertThat(destination("ris").getString("problem")).isNull();
        assertThat(destination("ris").getString("type")).isEqualTo("MLLP");
        assertThat(given().get("/q/metrics").asString())
                .contains("prelim_report_mllp_sent_total{kind=\"ORU\",mllp=\"ris\"}")
                .contains("prelim_report_mllp_oldest_seconds{mllp=\"ris\"}");
    }

    @Test
    void whatIsTakenBackIsTakenBackAtTheReceiver() throws Exception {
        Receiver ris = receive(DestinationAddresses.RIS, message -> Receiver.ack("AA", Receiver.controlId(message)));
        Hook hook = hook(call -> Says.TAKEN);
        settle(study);
        deliveries("ris", study, "SENT");

        Studies empty = study.revised();
        service.send(empty.withdrawn(), empty.plan(List.of(), List.of()));

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(of(ris, study))
                        .extracting(message -> field(message, "OBR", 25))
                        .startsWith("R")
                        .containsOnly("R", "X")
                        .containsOnlyOnce("X")
                        .endsWith("X"));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(hook.about(study.reportKey()))
                        .extracting(call -> call.json().getString("data.status"))
                        .startsWith("DRAFT")
                        .containsOnly("DRAFT", "RETRACTED")
                        .containsOnlyOnce("RETRACTED")
                        .endsWith("RETRACTED"));
    }

    private static String field(String message, String segment, int number) {
        return message.lines()
                .filter(line -> line.startsWith(segment + "|"))
                .findFirst()
                .orElseThrow()
                .split("\\|", -1)[number];
    }

    @Test
    void whatAReceiverRefusesIsShownHoldsNoOtherReportUpAndGoesAgainWhenTold() throws Exception {
        Set<String> told = new HashSet<>();
        Receiver ris = receive(
                DestinationAddresses.RIS,
                message -> Receiver.ack(
                        ours(message) && told.size() < 2 && told.add(message + told.size()) ? "AE" : "AA",
                        Receiver.controlId(message)));
        settle(study);
        Studies other = Studies.fresh();
        settle(other);

        deliveries("ris", study, "REFUSED");
        deliveries("ris", other, "SENT");
        assertThat(delivered("ris", study).getList("problem")).containsOnly("AE");
        assertThat(destination("ris").getLong("refused")).isPositive();
        given().post("/api/destinations/ris/retry").then().statusCode(200).body("waiting", is(1));

        deliveries("ris", study, "SENT");
        assertThat(of(ris, study).stream().map(Receiver::controlId).distinct()).hasSize(1);
        assertThat(of(ris, study)).hasSize(3);
        given().post("/api/destinations/nobody/retry").then().statusCode(404);
        given().post("/api/archive/ris/retry").then().statusCode(404);
    }

    @Test
    void aMessageThatEndsEachConnectionHoldsUpItsReportAlone() throws Exception {
        Receiver ris = receive(
                DestinationAddresses.RIS,
                message -> ours(message) ? null : Receiver.ack("AA", Receiver.controlId(message)));
        settle(study);
        await().atMost(LIMIT).until(() -> of(ris, study).size() > 2);
        Studies other = Studies.fresh();

        settle(other);

        deliveries("ris", other, "SENT");
        assertThat(delivered("ris", study).getList("state")).containsOnly("WAITING");
        assertThat(delivered("ris", study).getList("problem")).containsOnly("closed without an answer");
    }

    @Test
    void anAnswerToAnotherMessageIsNoneAndTheSameIsAskedAgain() throws Exception {
        AtomicInteger wrong = new AtomicInteger(2);
        Receiver ris = receive(
                DestinationAddresses.RIS,
                message -> Receiver.ack(
                        "AA", ours(message) && wrong.getAndDecrement() > 0 ? "ANOTHER" : Receiver.controlId(message)));
        settle(study);

        deliveries("ris", study, "SENT");

        assertThat(of(ris, study)).hasSize(3);
        assertThat(of(ris, study).stream().distinct()).as("the same bytes").hasSize(1);
    }

    @Test
    void whereItIsConfiguredWhatWasNeverSentIsLeftOutForTheNewest() throws Exception {
        settle(study);
        settle(study.revised());
        unreachable("newest");
        await().atMost(LIMIT)
                .until(() -> delivered("newest", study).getList("version").size() > 1);

        Receiver newest =
                receive(DestinationAddresses.NEWEST, message -> Receiver.ack("AA", Receiver.controlId(message)));

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(delivered("newest", study).getList("state"))
                        .endsWith("SENT")
                        .contains("SKIPPED")
                        .doesNotContain("WAITING"));
        int last = service.report(study.reportKey()).getInt("version");
        assertThat(of(newest, study).stream().map(Receiver::controlId))
                .containsExactly(OruReport.controlId(study.reportKey(), last));
        assertThat(delivered("newest", study).getInt("find { it.state == 'SKIPPED' }.supersededBy"))
                .isEqualTo(last);
    }

    @Test
    void aClaimThatWasAbandonedEndsAndTheSameIsSentAgain() throws Exception {
        UUID dead = UUID.randomUUID();
        await().atMost(LIMIT).until(() -> queue.hold("ris", dead, Duration.ofSeconds(4)));
        settle(study);
        await().atMost(LIMIT)
                .until(() -> !delivered("ris", study).getList("messageId").isEmpty());
        // it went out, and its sender with it
        queue.next("ris").ifPresent(next -> queue.begin(next, "sha256:of-another-build", dead, Duration.ofSeconds(2)));

        Receiver ris = receive(DestinationAddresses.RIS, message -> Receiver.ack("AA", Receiver.controlId(message)));

        JsonPath sent = deliveries("ris", study, "SENT");
        assertThat(of(ris, study).stream().map(Receiver::controlId).toList())
                .containsExactlyElementsOf(sent.getList("messageId"));
    }

    @Test
    void aWebhookThatIsDownIsToldAllInOrderOnceInEffectAndSigned() throws Exception {
        settle(study);
        settle(study.revised());
        unreachable("hook");
        AtomicInteger busy = new AtomicInteger(3);

        Hook hook = hook(call -> busy.getAndDecrement() > 0 ? new Says(503, Map.of("Retry-After", "0")) : Says.TAKEN);

        JsonPath sent = deliveries("hook", study, "SENT");
        List<Hook.Call> calls = hook.about(study.reportKey());
        assertThat(calls).allMatch(call -> call.signedWith(DestinationAddresses.SECRET));
        assertThat(calls.stream().map(Hook.Call::id).distinct().toList())
                .hasSizeGreaterThan(1)
                .containsExactlyElementsOf(sent.getList("messageId"));
        Hook.Call last = calls.get(calls.size() - 1);
        int version = service.report(study.reportKey()).getInt("version");
        assertThat(last.id()).isEqualTo(Ids.change(study.reportKey(), version).toString());
        assertThat(last.headers())
                .containsEntry("content-type", "application/cloudevents+json")
                .doesNotContainKeys("authorization", "cookie");
        assertThat(last.json().getString("specversion")).isEqualTo("1.0");
        assertThat(last.json().getString("id")).isEqualTo(last.id());
        assertThat(last.json().getInt("data.version")).isEqualTo(version);
        assertThat(last.json().getBoolean("data.settled")).isTrue();
        assertThat(last.body()).doesNotContain("Canary", "CANARY", Studies.ID, Studies.BIRTH);
    }

    @Test
    void whatAWebhookRefusesIsShownAndGoesAgainWhenTold() throws Exception {
        Set<String> told = new HashSet<>();
        Hook hook = hook(call -> about(call, study) && told.add(call.id()) ? Says.of(400) : Says.TAKEN);
        settle(study);

        deliveries("hook", study, "REFUSED");

        assertThat(delivered("hook", study).getList("problem")).containsOnly("HTTP 400");
        given().post("/api/destinations/hook/retry").then().statusCode(200);
        deliveries("hook", study, "SENT");
        assertThat(hook.about(study.reportKey()).stream().map(Hook.Call::id).distinct())
                .hasSize(told.size());
    }

    @Test
    void aWebhookThatIsGoneIsLeftAloneUntilToldAndMissesNothing() throws Exception {
        AtomicInteger gone = new AtomicInteger(1);
        Hook hook = hook(call -> about(call, study) && gone.getAndDecrement() > 0 ? Says.of(410) : Says.TAKEN);
        settle(study);
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(destination("hook").getString("disabledAt")).isNotNull());
        assertThat(destination("hook").getString("problem")).isEqualTo("HTTP 410");
        Studies other = Studies.fresh();
        settle(other);
        assertThat(hook.about(other.reportKey())).isEmpty();

        given().post("/api/destinations/hook/retry").then().statusCode(200);

        deliveries("hook", study, "SENT");
        deliveries("hook", other, "SENT");
        assertThat(destination("hook").getString("disabledAt")).isNull();
    }

    @Test
    @BadInput(id = "M22", entrance = Entrance.HTTP, answer = "no redirect is followed")
    void aRedirectIsNotFollowed() throws Exception {
        AtomicInteger followed = new AtomicInteger();
        peers.add(new Hook(DestinationAddresses.FREE, call -> {
            followed.incrementAndGet();
            return Says.TAKEN;
        }));
        AtomicInteger redirects = new AtomicInteger(3);
        hook(call -> redirects.getAndDecrement() > 0
                ? new Says(307, Map.of("Location", "http://127.0.0.1:" + DestinationAddresses.FREE + "/secret"))
                : Says.TAKEN);
        settle(study);

        deliveries("hook", study, "SENT");

        assertThat(redirects.get()).isNegative();
        assertThat(followed).hasValue(0);
    }

    @Test
    void oneThatNeverSaysAWordHoldsUpNoOther() throws Exception {
        ServerSocket mute = new ServerSocket(DestinationAddresses.MUTE, 50, InetAddress.getLoopbackAddress());
        peers.add(mute);
        mute.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
        settle(study);
        // of the receiver and of the webhook: each is under way, with this or with what waited before it
        peers.add(mute.accept());
        peers.add(mute.accept());
        receive(DestinationAddresses.RIS, message -> Receiver.ack("AA", Receiver.controlId(message)));
        hook(call -> Says.TAKEN);
        long before = System.nanoTime();
        Studies other = Studies.fresh();

        settle(other);

        deliveries("ris", other, "SENT");
        deliveries("hook", other, "SENT");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        // read when the answer to what is under way was waited for in vain
        for (String silent : List.of("mute", "deaf")) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(delivered(silent, other).getList("state"))
                            .containsOnly("WAITING"));
        }
    }

    @Test
    void aWebhookMayRegisterAndBeRemoved() throws Exception {
        Hook hook = new Hook(DestinationAddresses.FREE, call -> Says.TAKEN);
        peers.add(hook);
        String url = "http://127.0.0.1:" + DestinationAddresses.FREE + "/mine";
        String secret = register("mine", url, "SETTLED")
                .then()
                .statusCode(201)
                .body("name", is("mine"))
                .body("secret", startsWith("whsec_"))
                .extract()
                .path("secret");
        register("mine", url, "SETTLED").then().statusCode(409).body("parameter", is("name"));
        register("ris", url, "SETTLED").then().statusCode(409).body("parameter", is("name"));
        assertThat(given().get("/api/webhooks").asString()).contains("\"mine\"").doesNotContain(secret, "whsec_");
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(destination("mine").getString("protocol")).isEqualTo("webhook"));
        settle(study);

        deliveries("mine", study, "SENT");

        assertThat(hook.about(study.reportKey())).isNotEmpty().allMatch(call -> call.signedWith(secret));
        given().delete("/api/webhooks/mine").then().statusCode(204);
        given().delete("/api/webhooks/mine").then().statusCode(404);
        given().delete("/api/webhooks/hook").then().statusCode(404);
        register("mine", url, "SETTLED").then().statusCode(409);
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(destination("mine").getString("protocol")).isNull());
    }

    @Test
    @BadInput(id = "M22", entrance = Entrance.HTTP, answer = "422, nothing is sent")
    void aWebhookThatLeadsWhereItMustNotIsRefused() {
        for (String url : List.of(
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1:" + DestinationAddresses.RIS + "/",
                "http://user:word@127.0.0.1:" + DestinationAddresses.FREE + "/",
                "http://localhost:" + DestinationAddresses.FREE + "/",
                "http://[::1]:" + DestinationAddresses.FREE + "/",
                "http://2130706433:" + DestinationAddresses.FREE + "/",
                "https://evil.example/",
                "file:///etc/passwd",
                "nonsense")) {
            register("evil", url, "SETTLED").then().statusCode(422).body("parameter", is("url"));
        }
        register("No Name", "https://evil.example/", "SETTLED")
                .then()
                .statusCode(422)
                .body("parameter", is("name"));
        register("evil", "https://evil.example/", "NONSENSE").then().statusCode(400);
        assertThat(given().get("/api/destinations").asString()).doesNotContain("evil");
    }

    @Test
    @BadInput(id = "M21", entrance = Entrance.HTTP, answer = "400, 415: XML is not read")
    void xmlIsNotRead() {
        String xml = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>";
        given().contentType("application/json")
                .body(xml)
                .post("/api/webhooks")
                .then()
                .statusCode(400);
        given().contentType("application/xml")
                .body(xml)
                .post("/api/webhooks")
                .then()
                .statusCode(415);
    }

    private static Response register(String name, String url, String event) {
        return given().contentType("application/json")
                .body(Map.of("name", name, "url", url, "events", List.of(event)))
                .post("/api/webhooks");
    }

    private boolean ours(String message) {
        return message.contains(study.reportKey().toString());
    }

    private static boolean about(Hook.Call call, Studies study) {
        return call.json().getString("subject").equals(study.reportKey().toString());
    }

    private static List<String> of(Receiver receiver, Studies study) {
        return receiver.received().stream()
                .filter(message -> message.contains(study.reportKey().toString()))
                .toList();
    }

    private Receiver receive(int port, Function<String, byte[]> answers) throws IOException {
        Receiver receiver = new Receiver(port, answers);
        peers.add(receiver);
        return receiver;
    }

    private Hook hook(Function<Hook.Call, Says> answers) throws IOException {
        Hook hook = new Hook(DestinationAddresses.HOOK, answers);
        peers.add(hook);
        return hook;
    }

    private void settle(Studies settled) {
        service.send(
                settled.received(),
                settled.context(),
                settled.plan(FAR, CHEST),
                settled.found(CHEST, 0.8 - settled.revision() * 0.1));
        service.settled(settled);
    }

    private static void unreachable(String name) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(destination(name).getString("problem")).isNotNull());
    }

    private static JsonPath destination(String name) {
        return given().get("/api/destinations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("destinations.find { it.name == '" + name + "' }");
    }

    private static JsonPath delivered(String destination, Studies sent) {
        return given().get("/api/reports/{key}/deliveries", sent.reportKey())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("deliveries.findAll { it.destination == '" + destination + "' }");
    }

    /** Those to a destination, once all are in a state, the newest version among them. */
    private JsonPath deliveries(String destination, Studies sent, String state) {
        return await().atMost(LIMIT).until(() -> delivered(destination, sent), found -> {
            List<String> states = found.getList("state");
            List<Integer> versions = found.getList("version");
            return states.stream().allMatch(state::equals)
                    && versions.contains(service.report(sent.reportKey()).getInt("version"));
        });
    }
}
