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

    @Test
    void anAddressForTlsThatOthersReachNeedsPeersOrCertificatesOfClients() {
        assertThat(AddressGuard.tlsRefusal("0.0.0.0", List.of(), false))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("prelim.dicom.tls.address", "prelim.dicom.tls.client-certificates"));
        assertThat(AddressGuard.tlsRefusal("0.0.0.0", List.of(), true)).isEmpty();
        assertThat(AddressGuard.tlsRefusal("0.0.0.0", List.of("CT1@10.0.0.1"), false))
                .isEmpty();
        assertThat(AddressGuard.tlsRefusal("127.0.0.1", List.of(), false)).isEmpty();
    }
}
