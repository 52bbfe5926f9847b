package io.prelim.local.stack;

import io.prelim.events.Topics;
import io.prelim.testkit.host.Database;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What the services stand on.
 *
 * @param bootstrapServers of the broker, {@code host:port}
 * @param topicsPrefix before each topic's name
 * @param ingest ingest's database
 * @param report report's database
 */
public record Backing(String bootstrapServers, String topicsPrefix, Database ingest, Database report) {
    /** Creates the fixed topics that do not exist yet, with three partitions. */
    public void createTopics() throws IOException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Set<String> missing = new TreeSet<>();
            Topics.FIXED.forEach(name -> missing.add(topicsPrefix + name));
            missing.removeAll(admin.listTopics().names().get());
            admin.createTopics(missing.stream()
                            .map(name -> new NewTopic(name, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("topics could not be created: " + e.getCause().getMessage(), e.getCause());
        }
    }
}
