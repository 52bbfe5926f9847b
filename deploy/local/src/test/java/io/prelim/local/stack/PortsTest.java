package io.prelim.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void standardPortsAndTheirVariables() throws Refusal {
        Ports ports = Ports.from(Map.of());

        assertThat(ports.numbers())
                .isEqualTo(Map.of(
                        Port.DICOM, 11112,
                        Port.REPORT, 8080,
                        Port.INGEST, 8081,
                        Port.INFERENCE, 8082,
                        Port.KAFKA, 9092,
                        Port.POSTGRES, 5433));
        assertThat(Port.values())
                .extracting(Port::variable)
                .containsExactly(
                        "PRELIM_DICOM_PORT",
                        "PRELIM_REPORT_PORT",
                        "PRELIM_INGEST_PORT",
                        "PRELIM_INFERENCE_PORT",
                        "PRELIM_KAFKA_PORT",
                        "PRELIM_POSTGRES_PORT");
    }

    @Test
    void variableMovesAPort() throws Refusal {
        assertThat(Ports.from(Map.of("PRELIM_DICOM_PORT", " 104 ")).of(Port.DICOM))
                .isEqualTo(104);
    }

    @Test
    void whatIsNoPortIsRefusedWithTheVariablesName() {
        for (String text : new String[] {"0", "65536", "-1", "dicom", "99999999999"}) {
            assertThatThrownBy(() -> Ports.from(Map.of("PRELIM_REPORT_PORT", text)))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("PRELIM_REPORT_PORT must be a port from 1 to 65535, not \"" + text + "\"");
        }
    }

    @Test
    void onePortForTwoPurposesIsRefused() {
        assertThatThrownBy(() -> Ports.from(Map.of("PRELIM_INGEST_PORT", "8080")))
                .hasMessageContaining("port 8080 is meant for both report API and ingest API");
    }
}
