package io.prelim.testkit.quarkus;

import io.prelim.events.Topics;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.host.Database;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Points a service under test at the real broker and database: sets {@code kafka.bootstrap.servers}, a fresh
 * {@code prelim.topics.prefix} whose fixed topics exist, and {@code quarkus.datasource.*} unless the init argument
 * {@code database} is {@code false}.
 */
public class BrokerAndDatabase implements QuarkusTestResourceLifecycleManager {
    private boolean withDatabase = true;

    @Override
    public void init(Map<String, String> initArgs) {
        withDatabase = Boolean.parseBoolean(initArgs.getOrDefault("database", "true"));
    }

    @Override
    public Map<String, String> start() {
        BuildHost host = BuildHost.get();
        Map<String, String> config = new HashMap<>();
        String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + ".";
        createTopics(host.bootstrapServers(), prefix, Topics.FIXED);
        config.put("kafka.bootstrap.servers", host.bootstrapServers());
        config.put("prelim.topics.prefix", prefix);
        if (withDatabase) {
            Database database = host.createDatabase("test");
            config.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
            config.put("quarkus.datasource.username", database.username());
            config.put("quarkus.datasource.password", database.password());
        }
        return config;
    }

    @Override
    public void stop() {}

    /** Creates topics of three partitions and waits until they exist. */
    public static void createTopics(String bootstrapServers, String prefix, List<String> names) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(prefix + name, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "topics could not be created: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were created", e);
        }
    }
}
