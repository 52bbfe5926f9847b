package io.prelim.inference.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.inference.config.InferenceConfig.ProviderChoice;
import io.prelim.inference.config.InferenceConfig.Role;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pins every name and default: changing one is changing what operators have written. */
class InferenceConfigTest {
    @Test
    void defaults() {
        SmallRyeConfig config = config(Map.of());
        InferenceConfig inference = config.getConfigMapping(InferenceConfig.class);

        assertThat(inference.role()).isEqualTo(Role.ALL);
        assertThat(inference.packages()).containsExactly("models");
        assertThat(inference.packagesInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(inference.pins()).isEmpty();
        assertThat(inference.signingKeys()).isEmpty();
        assertThat(inference.deployments()).isEmpty();
        assertThat(inference.shadow()).isEmpty();
        assertThat(inference.region()).isEmpty();
        assertThat(inference.deadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(inference.provider()).isEqualTo(ProviderChoice.CPU);
        assertThat(inference.device()).isZero();
        assertThat(inference.maxModelBytes()).isEqualTo(4L << 30);
        assertThat(inference.batch().max()).isEmpty();
        assertThat(inference.batch().waiting()).isEqualTo(Duration.ofMillis(5));
        assertThat(inference.threads()).isZero();
        assertThat(inference.maxPartBytes()).isEqualTo(256L << 20);
        assertThat(inference.drain()).isEqualTo(Duration.ofSeconds(10));
        assertThat(inference.sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(inference.instance()).isEmpty();
        assertThat(inference.quarantine().after()).isEqualTo(6);
        assertThat(inference.quarantine().time()).isEqualTo(Duration.ofMinutes(5));
        assertThat(inference.lanes().capacity()).isEqualTo(64);
        assertThat(inference.lanes().statCredits()).isEqualTo(8);
        assertThat(inference.lanes().routineMaxAge()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.getConfigMapping(TopicsConfig.class).prefix()).isEqualTo("prelim.");
        assertThat(config.getConfigMapping(TopicsConfig.class).partitions()).isEqualTo(3);
        assertThat(config.getConfigMapping(PartsConfig.class).url()).isEqualTo(URI.create("http://127.0.0.1:8081"));
        assertThat(config.getConfigMapping(PartsConfig.class).token()).isEmpty();
        EvidenceConfig evidence = config.getConfigMapping(EvidenceConfig.class);
        assertThat(evidence.url()).isEmpty();
        assertThat(evidence.token()).isEmpty();
        assertThat(evidence.patience()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void names() {
        SmallRyeConfig config = config(Map.ofEntries(
                Map.entry("prelim.inference.role", "worker"),
                Map.entry("prelim.inference.packages", "/a,/b"),
                Map.entry("prelim.inference.packages-interval", "PT1M"),
                Map.entry("prelim.inference.pins", "a@sha256:0,b@sha256:1"),
                Map.entry("prelim.inference.signing-keys", "/k.pem"),
                Map.entry("prelim.inference.deployments", "x-1-0-0"),
                Map.entry("prelim.inference.shadow", "y"),
                Map.entry("prelim.inference.region", "EU"),
                Map.entry("prelim.inference.deadline", "PT1M"),
                Map.entry("prelim.inference.provider", "auto"),
                Map.entry("prelim.inference.device", "2"),
                Map.entry("prelim.inference.max-model-bytes", "3000000000"),
                Map.entry("prelim.inference.batch.max", "16"),
                Map.entry("prelim.inference.batch.wait", "PT0.02S"),
                Map.entry("prelim.inference.threads", "3"),
                Map.entry("prelim.inference.max-part-bytes", "2000000"),
                Map.entry("prelim.inference.drain", "PT3S"),
                Map.entry("prelim.inference.session-timeout", "PT7S"),
                Map.entry("prelim.inference.instance", "w0"),
                Map.entry("prelim.inference.quarantine.after", "3"),
                Map.entry("prelim.inference.quarantine.time", "PT2M"),
                Map.entry("prelim.inference.lanes.capacity", "5"),
                Map.entry("prelim.inference.lanes.stat-credits", "4"),
                Map.entry("prelim.inference.lanes.routine-max-age", "PT9S"),
                Map.entry("prelim.topics.prefix", "p."),
                Map.entry("prelim.topics.partitions", "6"),
                Map.entry("prelim.parts.url", "http://ingest:1"),
                Map.entry("prelim.parts.token", "t"),
                Map.entry("prelim.evidence.url", "http://report:1"),
                Map.entry("prelim.evidence.token", "e"),
                Map.entry("prelim.evidence.patience", "PT4S")));
        InferenceConfig inference = config.getConfigMapping(InferenceConfig.class);

        assertThat(inference.role()).isEqualTo(Role.WORKER);
        assertThat(inference.packages()).containsExactly("/a", "/b");
        assertThat(inference.packagesInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(inference.pins()).contains(List.of("a@sha256:0", "b@sha256:1"));
        assertThat(inference.signingKeys()).contains(List.of("/k.pem"));
        assertThat(inference.deployments()).contains(List.of("x-1-0-0"));
        assertThat(inference.shadow()).contains(List.of("y"));
        assertThat(inference.region()).contains("EU");
        assertThat(inference.deadline()).isEqualTo(Duration.ofMinutes(1));
        assertThat(inference.provider()).isEqualTo(ProviderChoice.AUTO);
        assertThat(inference.device()).isEqualTo(2);
        assertThat(inference.maxModelBytes()).isEqualTo(3_000_000_000L);
        assertThat(inference.batch().max()).contains(16);
        assertThat(inference.batch().waiting()).isEqualTo(Duration.ofMillis(20));
        assertThat(inference.threads()).isEqualTo(3);
        assertThat(inference.maxPartBytes()).isEqualTo(2_000_000);
        assertThat(inference.drain()).isEqualTo(Duration.ofSeconds(3));
        assertThat(inference.sessionTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(inference.instance()).contains("w0");
        assertThat(inference.quarantine().after()).isEqualTo(3);
        assertThat(inference.quarantine().time()).isEqualTo(Duration.ofMinutes(2));
        assertThat(inference.lanes().capacity()).isEqualTo(5);
        assertThat(inference.lanes().statCredits()).isEqualTo(4);
        assertThat(inference.lanes().routineMaxAge()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.getConfigMapping(TopicsConfig.class).prefix()).isEqualTo("p.");
        assertThat(config.getConfigMapping(TopicsConfig.class).partitions()).isEqualTo(6);
        assertThat(config.getConfigMapping(PartsConfig.class).url()).isEqualTo(URI.create("http://ingest:1"));
        assertThat(config.getConfigMapping(PartsConfig.class).token()).contains("t");
        EvidenceConfig evidence = config.getConfigMapping(EvidenceConfig.class);
        assertThat(evidence.url()).contains(URI.create("http://report:1"));
        assertThat(evidence.token()).contains("e");
        assertThat(evidence.patience()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void rolesSayWhatTheyDo() {
        assertThat(Role.PLANNER.plans() && !Role.PLANNER.works()).isTrue();
        assertThat(Role.WORKER.works() && !Role.WORKER.plans()).isTrue();
        assertThat(Role.ALL.works() && Role.ALL.plans()).isTrue();
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(InferenceConfig.class)
                .withMapping(TopicsConfig.class)
                .withMapping(PartsConfig.class)
                .withMapping(EvidenceConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}
