package io.prelim.chaos.follow;

import io.prelim.chaos.check.Evidence;
import io.prelim.events.EventJson;
import io.prelim.events.ReportChanged;
import io.prelim.events.UnreadableEvent;
import io.prelim.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads report-changed from its beginning, across every death of the broker. Records that are no event of ours are passed over. */
public final class TopicFollower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> settings;
    private final String topic;
    private final List<Evidence.Delivery> deliveries = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "topic-follower");
    private volatile boolean closed;

    private TopicFollower(String bootstrapServers, String topic) {
        this.topic = topic;
        this.settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG, "chaos.follower",
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "one",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.METADATA_MAX_AGE_CONFIG, 2_000);
    }

    public static TopicFollower start(String bootstrapServers, String topic) {
        TopicFollower follower = new TopicFollower(bootstrapServers, topic);
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    /** In the order they came. */
    public List<Evidence.Delivery> deliveries() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(topic));
                while (!closed) {
                    consumer.poll(POLL).forEach(this::take);
                }
            } catch (KafkaException e) {
                // made anew
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> consumed) {
        Header id = consumed.headers().lastHeader("ce_id");
        if (id == null || consumed.value() == null) {
            return;
        }
        try {
            ReportChanged change = EventJson.read(consumed.value(), ReportChanged.class);
            synchronized (deliveries) {
                deliveries.add(new Evidence.Delivery(
                        new String(id.value(), StandardCharsets.UTF_8),
                        consumed.key(),
                        change.version(),
                        Sha256.of(Sha256.digest().digest(consumed.value())).hex()));
            }
        } catch (UnreadableEvent e) {
            // poison
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
