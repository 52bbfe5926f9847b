package io.prelim.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    @ParameterizedTest
    @CsvSource({
        "08006, true",
        "40P01, true",
        "57P01, true",
        "53300, true",
        "22021, false",
        "23503, false",
        "54000, false"
    })
    void theDatabaseSaysWhetherAFaultPasses(String sqlState, boolean passes) {
        assertThat(Faults.passes(new PersistenceException(new SQLException("any", sqlState))))
                .isEqualTo(passes);
    }

    @Test
    void aFaultOfOursDoesNotPassAndOneOfTheSurroundingsDoes() {
        assertThat(Faults.passes(new NullPointerException())).isFalse();
        assertThat(Faults.passes(new Facts.UnknownStudy())).isFalse();
        assertThat(Faults.passes(new IllegalStateException(new IOException()))).isTrue();
        assertThat(Faults.passes(new PersistenceException(new SQLException("without state"))))
                .isTrue();
    }
}
