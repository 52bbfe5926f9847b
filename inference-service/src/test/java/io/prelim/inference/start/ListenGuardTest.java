package io.prelim.inference.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenGuardTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.53"})
    void loopbackIsAllowed(String host) {
        assertThat(ListenGuard.refusal(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void whatOthersCanReachIsRefused(String host) {
        assertThat(ListenGuard.refusal(host))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("PIF0007 Not started: quarkus.http.host=" + host)
                        .doesNotContain("\n"));
    }

    @Test
    void whatIsNoAddressIsRefused() {
        assertThat(ListenGuard.refusal("no such host")).isPresent();
    }
}
