package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetWriter;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Topics;
import io.prelim.local.stack.Backing;
import io.prelim.local.stack.Part;
import io.prelim.local.stack.StackSettings;
import io.prelim.testkit.canary.Canary;
import io.prelim.testkit.canary.KafkaCanary;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.host.Database;
import io.prelim.testkit.port.FreePort;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.study.StudyGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A patient of unmistakable identity goes every way into the house, right and wrong, to a draft; it shows where it may, and nowhere else. */
class CanaryIT {
    private static final String NAME = "Canarywhole";
    private static final String ID = "CANARYW-ID-1";
    private static final String BORN = "19290305";
    private static final String ACCESSION = "CANARYW-ACC-2";
    private static final String ORDER = "CANARYW-ORD-3";
    private static final String REASON = "Canarywreason";
    private static final Canary CANARY = Canary.of(NAME, ID, BORN, ACCESSION, ORDER, REASON);
    private static final String PID = "PID|1||" + ID + "||" + NAME + "^Test||" + BORN + "|F";
    private static final String OBR = "OBR|1|||CXR||||||||||||||" + ACCESSION + "|||||||||||||^" + REASON;
    /** What inference could not read, as it came. */
    private static final String INFERENCE_PARKED = "inference-parked.v1";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final StudyGenerator study = new StudyGenerator(UUID.randomUUID().toString());
    private final int hl7Port = FreePort.next();

    @Test
    void identityIsWhereItBelongsAndNowhereElse() throws Exception {
        LiveStack live = LiveStack.create(BuildHost.get().bootstrapServers(), this::configured);
        Backing backing = live.stack().settings().backing();
        try {
            backing.createTopics();
            live.stack().start();
            byHl7();
            byDicom(live);
            byStow(live);
            assertThat(live.draftedText(study.studyInstanceUid()))
                    .as("the report is where it belongs")
                    .contains(ID);
            signedReportIsHandedOn(live, backing);
            Set<String> own = poison(backing);
            Awaitility.await("what cannot be read is parked").atMost(LIMIT).untilAsserted(() -> {
                assertThat(count(backing.ingest(), "parked")).isGreaterThanOrEqualTo(5);
                assertThat(count(backing.report(), "parked")).isGreaterThanOrEqualTo(5);
            });

            assertThat(KafkaCanary.records(
                            CANARY, backing.bootstrapServers(), backing.topicsPrefix(), identifiedTopics(), own))
                    .isEmpty();
            databases(backing);
            answers(live);
            processes(live);
        } finally {
            live.stack().close();
        }
    }

    private static Set<String> identifiedTopics() {
        Set<String> topics = new HashSet<>(Topics.IDENTIFIED);
        topics.add(INFERENCE_PARKED);
        return topics;
    }

    /** From the engine to the report's reader, who may see its words; and ingest has seen that it is there. */
    private void signedReportIsHandedOn(LiveStack live, Backing backing) throws Exception {
        String reportKey = live.reportKey(study.studyInstanceUid());
        Awaitility.await("the signed report is kept beside the draft")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(live.api()
                                .reportJson("/api/reports/" + reportKey)
                                .at("/signed/0/text"))
                        .hasToString("\"Pneumonia of " + NAME + "\""));
        Awaitility.await("ingest has seen it").atMost(LIMIT).untilAsserted(() -> {
            try (Connection ingest = connect(backing.ingest());
                    ResultSet rows = ingest.createStatement()
                            .executeQuery("select count(*) from outbox o join study_signed_reports t"
                                    + " on t.study_key = o.study_key where o.topic = 'report-signed.v1'"
                                    + " and o.settled_at is not null and t.taken_at is not null")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        });
    }

    private StackSettings configured(StackSettings settings) {
        StackSettings with = settings.with(Part.INGEST, "prelim.hl7.port", Integer.toString(hl7Port))
                .with(Part.INGEST, "prelim.hl7.peers.engine.networks", "127.0.0.1");
        for (Part part : Part.values()) {
            with = with.with(part, "quarkus.log.category.\"io.prelim\".level", "DEBUG");
        }
        return with;
    }

    /** An order and a patient; then what is refused: a merge with itself, a message without type, one with malformed fields. */
    private void byHl7() throws IOException {
        assertThat(exchange("ORM^O01", "1", PID, "ORC|NW|" + ORDER, OBR)).contains("MSA|AA");
        assertThat(exchange("ADT^A08", "2", PID)).contains("MSA|AA");
        assertThat(exchange(
                        "ORU^R01",
                        "3",
                        PID,
                        "OBR|1|||CXR||||||||||||||" + ACCESSION + "|||||||F",
                        "OBX|1|TX|^Text||Pneumonia of " + NAME + "||||||F"))
                .contains("MSA|AA");
        for (String answer : List.of(
                exchange("ADT^A40", "4", PID, "MRG|" + ID),
                exchange(NAME + "^" + ID, "5", PID),
                exchange("ORM^O01", "6", PID, "ORC|" + NAME + "|" + ORDER, OBR),
                exchange("ORM^O01", "7", PID, "ORC|NW|" + ORDER.repeat(20), OBR),
                exchange("ADT^A08", "8", "PID|1||^^^" + NAME + "||" + NAME))) {
            assertThat(answer).contains("MSA|A");
            assertThat(answer.lines().filter(line -> !line.startsWith("MSH"))).noneMatch(CANARY::in);
        }
    }

    private String exchange(String type, String control, String... segments) throws IOException {
        String message = "MSH|^~\\&|RIS|HOSPITAL|PRELIM|AI|20260102101500+0000||" + type + "|" + control
                + "|P|2.5.1||||||UNICODE UTF-8\r" + String.join("\r", segments) + "\r";
        try (Socket socket = new Socket("127.0.0.1", hl7Port)) {
            socket.setSoTimeout(20_000);
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.write(0x0B);
            block.writeBytes(message.getBytes(StandardCharsets.UTF_8));
            block.write(0x1C);
            block.write(0x0D);
            socket.getOutputStream().write(block.toByteArray());
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            for (int next = socket.getInputStream().read();
                    next >= 0 && next != 0x1C;
                    next = socket.getInputStream().read()) {
                answer.write(next);
            }
            return answer.toString(StandardCharsets.UTF_8).substring(1).replace('\r', '\n');
        }
    }

    /** Stored; then another identity, other pixels, a cut object, and one whose UIDs are not those announced. */
    private void byDicom(LiveStack live) throws IOException {
        DataSet image = image();
        byte[] bytes = bytes(image);
        String instance = image.string(Tag.SOP_INSTANCE_UID);
        try (DicomClient sender = DicomClient.connect(
                ClientSettings.of("127.0.0.1", live.stack().dicomPort(), "TESTER", "PRELIM"),
                List.of(PresentationContext.of(
                        Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION, Uid.EXPLICIT_VR_LITTLE_ENDIAN)))) {
            assertThat(store(sender, instance, bytes).status()).isZero();
            assertThat(store(sender, instance, bytes(image().putString(Tag.PATIENT_NAME, NAME + "^Married")))
                            .status())
                    .isZero();
            byte[] other = new byte[512 * 420 * 2];
            for (StoreResponse refused : List.of(
                    store(sender, instance, bytes(image().putBytes(Tag.PIXEL_DATA, VR.OW, other))),
                    store(sender, instance, Arrays.copyOf(bytes, bytes.length - 1000)),
                    store(sender, Uid.random(), bytes))) {
                assertThat(refused.status()).isNotZero();
                assertThat(CANARY.in(String.valueOf(refused.errorComment()))).isFalse();
            }
        }
    }

    private static StoreResponse store(DicomClient sender, String instance, byte[] bytes) throws IOException {
        return sender.store(
                Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION, instance, Uid.EXPLICIT_VR_LITTLE_ENDIAN, bytes);
    }

    private DataSet image() {
        return study.radiograph(SyntheticRadiograph.load(), SyntheticRadiograph.SAMPLES.get(0), 1, 512, 420)
                .putString(Tag.PATIENT_NAME, NAME + "^Test")
                .putString(Tag.PATIENT_ID, ID)
                .putString(Tag.ISSUER_OF_PATIENT_ID, "default")
                .putString(Tag.PATIENT_BIRTH_DATE, BORN)
                .putString(Tag.ACCESSION_NUMBER, ACCESSION);
    }

    private static byte[] bytes(DataSet object) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataSetWriter.write(object, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, out);
        return out.toByteArray();
    }

    /** Metadata that is none, an address and a type that are none. */
    private void byStow(LiveStack live) throws Exception {
        String json = "[{\"00100010\":{\"vr\":\"PN\",\"Value\":[\"" + NAME + "\"]}}]";
        String part = "--b\r\nContent-Type: application/dicom; name=" + NAME + "\r\nContent-Location: " + ID
                + "\r\n\r\n" + NAME + BORN + "\r\n--b--\r\n";
        URI studies = live.stack().url(Part.INGEST).resolve("/dicom-web/studies");
        for (HttpResponse<String> refused : List.of(
                post(studies, "application/dicom+json", json),
                post(studies, "text/" + NAME, json),
                post(studies, "multipart/related; type=\"application/dicom\"; boundary=b", part),
                post(
                        URI.create(studies + "/" + NAME),
                        "multipart/related; type=\"application/dicom\"; boundary=b",
                        part))) {
            assertThat(refused.statusCode()).isBetween(400, 499);
            assertThat(CANARY.in(refused.body())).as(refused.body()).isFalse();
        }
    }

    private HttpResponse<String> post(URI address, String type, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", type)
                        .header("Accept", "application/dicom+json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A record that cannot be read in every topic there is; the places of all. */
    private static Set<String> poison(Backing backing) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", backing.bootstrapServers());
        Set<String> places = new HashSet<>();
        try (Admin admin = Admin.create(settings);
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            byte[] value = ("{\"studyKey\": \"" + String.join(" ", CANARY.words())).getBytes(StandardCharsets.UTF_8);
            for (String topic : new TreeSet<>(admin.listTopics().names().get())) {
                if (topic.startsWith(backing.topicsPrefix()) && !topic.endsWith(INFERENCE_PARKED)) {
                    RecordMetadata at = producer.send(new ProducerRecord<>(
                                    topic, UUID.randomUUID().toString(), value))
                            .get();
                    places.add(at.topic() + "-" + at.partition() + "@" + at.offset());
                }
            }
        }
        return places;
    }

    private static void databases(Backing backing) throws SQLException {
        try (Connection ingest = connect(backing.ingest());
                Connection report = connect(backing.report())) {
            assertThat(CANARY.rows(
                            ingest,
                            Set.of(
                                    "study_identity",
                                    "series",
                                    "orders",
                                    "patients",
                                    "signed_reports",
                                    "outbox",
                                    "parked")))
                    .isEmpty();
            assertThat(CANARY.rows(ingest, "select * from study_identity")).isNotEmpty();
            assertThat(CANARY.rows(
                            ingest,
                            "select * from outbox where topic not in ('" + String.join("', '", Topics.IDENTIFIED)
                                    + "')"))
                    .isEmpty();
            assertThat(CANARY.rows(
                            ingest,
                            "select topic, partition_id, record_offset, record_key, headers, error from parked"))
                    .isEmpty();
            assertThat(CANARY.rows(
                            report, Set.of("contexts", "signed_reports", "reader_words", "audit_events", "parked")))
                    .isEmpty();
            assertThat(CANARY.rows(report, "select topic, record_key, headers, reason from parked"))
                    .isEmpty();
        }
    }

    /** Everything that may be asked without a right to identity. */
    private void answers(LiveStack live) throws Exception {
        String key = live.api()
                .ingestJson("/api/studies?studyInstanceUid=" + study.studyInstanceUid())
                .at("/studies/0/studyKey")
                .asText();
        String reportKey = live.reportKey(study.studyInstanceUid());
        for (Map.Entry<Part, List<String>> part : Map.of(
                        Part.INGEST,
                        List.of(
                                "/api/studies",
                                "/api/studies/" + key,
                                "/api/studies/" + key + "/timeline",
                                "/api/studies?standingStill=true",
                                "/api/studies/" + NAME,
                                "/api/studies?patientName=" + NAME,
                                "/api/store",
                                "/api/store/damaged"),
                        Part.REPORT,
                        List.of("/api/reports", "/api/reports/" + reportKey + "/versions", "/api/reports/" + NAME),
                        Part.INFERENCE,
                        List.<String>of())
                .entrySet()) {
            for (String path : part.getValue()) {
                assertThat(get(live, part.getKey(), path)).as(path).noneMatch(CANARY::in);
            }
            assertThat(get(live, part.getKey(), "/q/metrics"))
                    .as("metrics of " + part.getKey())
                    .noneMatch(CANARY::in);
            assertThat(get(live, part.getKey(), "/q/health"))
                    .as("health of " + part.getKey())
                    .noneMatch(CANARY::in);
        }
    }

    /** As JSON and as text. */
    private List<String> get(LiveStack live, Part part, String path) throws Exception {
        URI address = live.stack().url(part).resolve(path);
        return List.of(
                http.send(
                                HttpRequest.newBuilder(address)
                                        .header("Accept", "application/json")
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body(),
                http.send(
                                HttpRequest.newBuilder(address)
                                        .header("Accept", "text/plain")
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    /** Logs, names of files and threads. */
    private static void processes(LiveStack live) throws Exception {
        for (Part part : Part.values()) {
            assertThat(Files.size(live.stack().log(part))).isPositive();
            assertThat(CANARY.lines(live.stack().log(part))).isEmpty();
            assertThat(threads(live.stack().process(part).orElseThrow().pid()))
                    .contains("main")
                    .noneMatch(CANARY::in);
        }
        assertThat(CANARY.names(live.stack().settings().directory())).isEmpty();
    }

    private static List<String> threads(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "Thread.print")
                .redirectErrorStream(true)
                .start();
        String print = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(print).isZero();
        return print.lines()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .toList();
    }

    private static int count(Database database, String table) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + table)) {
            count.next();
            return count.getInt(1);
        }
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
