package io.prelim.report.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "53300", "40001", "40P01", "55P03", "25006", "58030"})
    void databaseThatIsAwayOrBusyIsTransient(String state) {
        assertThat(Faults.isTransient(new RuntimeException(new SQLException("x", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P05", "22001", "23505", "23502"})
    void refusedDataAreNot(String state) {
        assertThat(Faults.isTransient(new RuntimeException(new SQLException("x", state))))
                .isFalse();
    }

    @Test
    void poolTimeoutsAndSocketsAreTransientAndMistakesAreNot() {
        assertThat(Faults.isTransient(new RuntimeException(new SQLException("acquisition timeout"))))
                .isTrue();
        assertThat(Faults.isTransient(new RuntimeException(new SocketTimeoutException())))
                .isTrue();
        assertThat(Faults.isTransient(new jakarta.transaction.TransactionalException("x", null)))
                .isTrue();
        assertThat(Faults.isTransient(new NullPointerException())).isFalse();
        assertThat(Faults.isTransient(new IllegalArgumentException())).isFalse();
    }
}
