package io.prelim.report.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against signatures that {@code openssl dgst -sha256 -mac HMAC} made. */
class SecretTest {
    private static final String ID = "0b1c2d3e-4f50-5a6b-8c7d-8e9fa0b1c2d3";
    private static final byte[] BODY = "{\"type\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    /** Bytes 0 to 31. */
    private static final String ONE = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    /** Bytes 1 to 24. */
    private static final String OTHER = "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcY";

    @Test
    void aSignatureIsOverIdTimeAndBody() {
        assertThat(Secret.signatures(List.of(Secret.of(ONE)), ID, 1674087231, BODY))
                .isEqualTo("v1,ZJvSLQB2Mm4cgk6tWxxbmF+36y14JmVDBChvYcrabhY=");
    }

    @Test
    void whileSecretsChangeThereAreTwo() {
        assertThat(Secret.signatures(List.of(Secret.of(ONE), Secret.of(OTHER)), ID, 1674087231, BODY))
                .isEqualTo("v1,ZJvSLQB2Mm4cgk6tWxxbmF+36y14JmVDBChvYcrabhY="
                        + " v1,W6SnAJtwjghWudhkjPOTfD0E0Z6IwGKLoZpPxxiL8C0=");
    }

    @Test
    void whatIsNoSecretIsToldWithoutIt() {
        for (String text :
                List.of("", "whsec_", "AAECAwQF", "whsec_c2hvcnQ=", "whsec_not base64 !", "whsec_" + "A".repeat(88))) {
            assertThatThrownBy(() -> Secret.of(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("must be whsec_ and 24 to 64 bytes in base64");
        }
    }

    @Test
    void aNewOneIsOneAndNoOther() {
        assertThat(Secret.make()).startsWith("whsec_").hasSize(50).isNotEqualTo(Secret.make());
        assertThat(Secret.of(Secret.make())).isNotNull();
    }
}
