package io.prelim.ingest.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AddressGuardTest {
    @Test
    void loopbackNeedsNothing() {
        assertThat(AddressGuard.refusal("127.0.0.1", "localhost", List.of())).isEmpty();
    }

    @Test
    void anHttpAddressThatOthersReachIsRefused() {
        assertThat(AddressGuard.refusal("0.0.0.0", "127.0.0.1", List.of("CT1@10.0.0.1")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("quarkus.http.host"));
    }

    @Test
    void aDicomAddressThatOthersReachNeedsPeers() {
        assertThat(AddressGuard.refusal("127.0.0.1", "0.0.0.0", List.of()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("prelim.dicom.peers"));
        assertThat(AddressGuard.refusal("127.0.0.1", "0.0.0.0", List.of("CT1@10.0.0.1")))
                .isEmpty();
    }
}
