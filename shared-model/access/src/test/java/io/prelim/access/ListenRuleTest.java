package io.prelim.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenRuleTest {
    private static AccessSettings settings(String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put("prelim.access." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .withMapping(AccessSettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(AccessSettings.class);
    }

    @Test
    void whatIsNotConfiguredIsOpenToThisMachineAlone() {
        assertThat(settings().mode()).isEqualTo(AccessSettings.Mode.OPEN);
        assertThat(settings().tlsEndsBefore()).isFalse();
        assertThat(settings().users().check()).hasSeconds(5);
        assertThat(settings().audit().keep()).hasDays(3650);

        assertThat(ListenRule.problem(settings(), true, false)).isEmpty();
        assertThat(ListenRule.problem(settings(), false, true))
                .hasValueSatisfying(problem -> assertThat(problem).contains("prelim.access.mode"));
        assertThat(ListenRule.problem(settings("tls-ends-before", "true"), false, false))
                .isPresent();
    }

    @Test
    void passwordsCrossTheNetworkByTlsAlone() {
        AccessSettings users = settings("mode", "users", "users.file", "users");

        assertThat(ListenRule.problem(users, true, false)).isEmpty();
        assertThat(ListenRule.problem(users, false, true)).isEmpty();
        assertThat(ListenRule.problem(users, false, false))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("quarkus.http.insecure-requests", "prelim.access.tls-ends-before"));
        assertThat(ListenRule.problem(
                        settings("mode", "users", "users.file", "users", "tls-ends-before", "true"), false, false))
                .isEmpty();
    }

    @Test
    void usersNeedAFile() {
        assertThat(ListenRule.problem(settings("mode", "users"), true, false))
                .hasValueSatisfying(problem -> assertThat(problem).contains("prelim.access.users.file"));
    }
}
