package io.prelim.inference.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.inference.config.InferenceConfig;
import io.prelim.inference.model.PackageTrust;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedPackagesTest {
    @TempDir
    Path folder;

    @Test
    void whereNothingIsSaidAllAreTrusted() {
        PackageTrust trust = TrustedPackages.of(config(Map.of()));

        assertThat(trust.pins()).isEmpty();
        assertThat(trust.keys()).isEmpty();
    }

    @Test
    void readsPinsAndKeys() throws Exception {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        Path file = Files.writeString(
                folder.resolve("public.pem"),
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n");
        String one = "sha256:" + "0".repeat(64);
        String two = "sha256:" + "1".repeat(64);

        PackageTrust trust = TrustedPackages.of(config(Map.of(
                "prelim.inference.pins", "a@" + one + ",a@" + two, "prelim.inference.signing-keys", file.toString())));

        assertThat(trust.pins()).isEqualTo(Map.of("a", java.util.Set.of(one, two)));
        assertThat(trust.keys()).hasSize(1);
    }

    /** Better not to start than to trust all. */
    @Test
    void whatCannotBeReadIsNamed() throws Exception {
        String none = folder.resolve("none.pem").toString();
        assertThatThrownBy(() -> TrustedPackages.of(config(Map.of("prelim.inference.signing-keys", none))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prelim.inference.signing-keys")
                .hasMessageContaining(none);
        String text = Files.writeString(folder.resolve("text.pem"), "text").toString();
        assertThatThrownBy(() -> TrustedPackages.of(config(Map.of("prelim.inference.signing-keys", text))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prelim.inference.signing-keys");
        assertThatThrownBy(() -> TrustedPackages.of(config(Map.of("prelim.inference.pins", "a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prelim.inference.pins");
    }

    private static InferenceConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(InferenceConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(InferenceConfig.class);
    }
}
