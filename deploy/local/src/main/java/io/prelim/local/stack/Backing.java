package io.prelim.local.stack;

import io.prelim.events.Topics;
import io.prelim.testkit.host.Database;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * What the services stand on.
 *
 * @param bootstrapServers of the broker, {@code host:port}
 * @param topicsPrefix before each topic's name
 * @param ingest ingest's database
 * @param report report's database
 */
public record Backing(String bootstrapServers, String topicsPrefix, Database ingest, Database report) {
    /** Creates the fixed topics that do not exist yet, with three partitions; a client may create one at the same time. */
    public void createTopics() throws IOException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Collection<KafkaFuture<Void>> created = admin.createTopics(Topics.FIXED.stream()
                            .map(name -> new NewTopic(topicsPrefix + name, 3, (short) 1))
                            .toList())
                    .values()
                    .values();
            for (KafkaFuture<Void> topic : created) {
                awaitTopic(topic);
            }
        }
    }

    private static void awaitTopic(KafkaFuture<Void> topic) throws IOException, InterruptedException {
        try {
            topic.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException(
                        "topics could not be created: " + e.getCause().getMessage(), e.getCause());
            }
        }
    }
}
