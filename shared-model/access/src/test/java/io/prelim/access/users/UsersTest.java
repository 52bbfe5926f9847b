package io.prelim.access.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    /** Of {@code correct horse}, written by libxcrypt 4.4: what htpasswd, Python and PHP write. */
    @ParameterizedTest
    @ValueSource(strings = {"$2y$10$", "$2b$10$", "$2a$10$"})
    void hashesOfOtherToolsAreKnown(String prefix) {
        String hash = prefix + "abcdefghijklmnopqrstuu23JPZtHcGhwXSF41f93o/7vBdDut3Xu";

        assertThat(Passwords.fit("correct horse", hash)).isTrue();
        assertThat(Passwords.fit("correct horsf", hash)).isFalse();
    }

    @Test
    void whatBcryptWouldNotLookAtIsRefused() {
        String longest = "x".repeat(72);
        String hash = BcryptUtil.bcryptHash(longest, 10);

        assertThat(Passwords.fit(longest, hash)).isTrue();
        assertThat(Passwords.fit(longest + "y", hash)).isFalse();
    }

    @Test
    void aNameIsNotTriedAfterTenWrongPasswordsInAMinute() {
        AtomicLong nanos = new AtomicLong();
        Attempts attempts = new Attempts(nanos::get);
        for (int i = 0; i < Attempts.MOST; i++) {
            assertThat(attempts.allowed("ada")).isTrue();
            attempts.failed("ada");
        }

        assertThat(attempts.allowed("ada")).isFalse();
        assertThat(attempts.allowed("bo")).isTrue();
        nanos.addAndGet(Attempts.WITHIN.plus(Duration.ofSeconds(1)).toNanos());
        assertThat(attempts.allowed("ada")).isTrue();
        attempts.failed("ada");
        assertThat(attempts.allowed("ada")).isTrue();
    }
}
