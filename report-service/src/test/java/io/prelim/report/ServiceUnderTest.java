package io.prelim.report;

import static org.awaitility.Awaitility.await;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.CloudEvent;
import io.prelim.events.Event;
import io.prelim.events.EventJson;
import io.prelim.events.PatientContext;
import io.prelim.events.ReportChanged;
import io.prelim.events.ReportSigned;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.events.UnreadableEvent;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service's outside: Kafka in, Kafka and HTTP out. */
public final class ServiceUnderTest implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Map<Class<?>, String> TOPICS = Map.of(
            StudyReceived.class, Topics.STUDY_RECEIVED,
            PatientContext.class, Topics.PATIENT_CONTEXT,
            ReportSigned.class, Topics.REPORT_SIGNED,
            AnalysisPlanned.class, Topics.ANALYSIS_PLANNED,
            StudyAnalyzed.class, Topics.STUDY_ANALYZED);

    private final String servers;
    private final String prefix;
    private final KafkaProducer<String, byte[]> producer;

    public ServiceUnderTest() {
        this(config("kafka.bootstrap.servers"), config("prelim.topics.prefix"));
    }

    /** Of a service that is a process of its own. */
    public ServiceUnderTest(String servers, String prefix) {
        this.servers = servers;
        this.prefix = prefix;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
    }

    public static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    /** Sends an event as its service would. */
    public void send(Event event) {
        String topic = TOPICS.get(event.getClass());
        CloudEvent carried = CloudEvent.of(UUID.randomUUID(), "test", Instant.now(), event);
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(prefix + topic, event.key(), carried.value());
        carried.headers()
                .forEach((name, value) ->
                        sent.headers().add(name, value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        send(sent);
    }

    public void send(Event... events) {
        for (Event event : events) {
            send(event);
        }
    }

    /** Sends bytes that may be no event. @param partition null for the key's */
    public void sendRaw(String topic, Integer partition, String key, byte[] value) {
        send(new ProducerRecord<>(prefix + topic, partition, key, value));
    }

    private void send(ProducerRecord<String, byte[]> sent) {
        try {
            producer.send(sent).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything in a topic so far. */
    public List<ConsumerRecord<String, byte[]>> consume(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(prefix + topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> consumed = new ArrayList<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(consumed::add);
            }
            return consumed;
        }
    }

    /** The changes published of one report, in order. */
    public List<ReportChanged> published(UUID reportKey) {
        List<ReportChanged> changes = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each : consume(Topics.REPORT_CHANGED)) {
            if (each.key().equals(reportKey.toString())) {
                try {
                    changes.add(EventJson.read(each.value(), ReportChanged.class));
                } catch (UnreadableEvent e) {
                    throw new AssertionError(e);
                }
            }
        }
        return changes;
    }

    /** The report, once it is settled at a revision. */
    public JsonPath settled(Studies study) {
        return await().atMost(LIMIT)
                .until(
                        () -> report(study.reportKey()),
                        report -> report != null
                                && report.getBoolean("settled")
                                && report.getInt("revision") == study.revision());
    }

    /** The report, once it has a version. */
    public JsonPath version(Studies study, int version) {
        return await().atMost(LIMIT)
                .until(
                        () -> report(study.reportKey()),
                        report -> report != null && report.getInt("version") >= version);
    }

    /** Null while it has no version. */
    public JsonPath report(UUID reportKey) {
        var response = RestAssured.given().accept("application/json").get("/api/reports/{key}", reportKey);
        return response.statusCode() == 404
                ? null
                : response.then().statusCode(200).extract().jsonPath();
    }

    /** The texts of a section. */
    public static List<String> texts(JsonPath report, String section) {
        return report.getList("sections.find { it.section == '" + section + "' }.sentences.text");
    }

    @Override
    public void close() {
        producer.close();
    }
}
