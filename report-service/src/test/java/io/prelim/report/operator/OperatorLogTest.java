package io.prelim.report.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorLogTest {
    @Test
    void numbersAreUnique() {
        assertThat(Arrays.stream(OperatorMessage.values()).map(OperatorMessage::id))
                .doesNotHaveDuplicates();
    }

    @Test
    void faultIsNamedWithoutItsMessage() {
        RuntimeException fault = new IllegalStateException("Doe^Jane", new java.io.IOException("Doe^Jane"));

        assertThat(OperatorLog.fault(fault)).isEqualTo("IllegalStateException/IOException");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,true",
        "localhost,true",
        "::1,true",
        "0.0.0.0,false",
        "'',false",
        "no.such.host.invalid,false"
    })
    void onlyLoopbackIsServed(String host, boolean served) {
        assertThat(Loopback.is(host)).isEqualTo(served);
    }
}
