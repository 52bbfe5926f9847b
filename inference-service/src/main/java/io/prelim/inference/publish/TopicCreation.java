package io.prelim.inference.publish;

import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.retry.Backoff;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics that are missing: those of a model come with the model. Waits as long as the broker is away. */
public final class TopicCreation {
    private final Map<String, Object> kafka;
    private final int partitions;

    /** @param kafka client settings, {@code bootstrap.servers} and security */
    public TopicCreation(Map<String, Object> kafka, int partitions) {
        this.kafka = Map.copyOf(kafka);
        this.partitions = partitions;
    }

    /** Returns once every topic exists. */
    public void ensure(Collection<String> topics) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            Admin admin = Admin.create(settings());
            try {
                for (String topic : topics) {
                    create(admin, topic);
                }
                return;
            } catch (ExecutionException e) {
                OperatorMessage.TOPICS_WAIT.log(
                        "failures", failures, "fault", e.getCause().getClass().getSimpleName());
            } finally {
                // what is under way to a broker that is away is not waited for
                admin.close(Duration.ZERO);
            }
            Thread.sleep(Backoff.DEFAULT.after(failures).toMillis());
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return settings;
    }

    private void create(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
