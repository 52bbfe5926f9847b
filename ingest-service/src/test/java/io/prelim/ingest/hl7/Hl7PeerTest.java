package io.prelim.ingest.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.ingest.config.TestConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Hl7PeerTest {
    @Test
    void whatIsNotSetIsTheSites() {
        Hl7Peer peer = Hl7Peer.of(TestConfig.of(Map.of(
                        "prelim.site", "north",
                        "prelim.identity.patient-issuer", "mpi",
                        "prelim.identity.accession-issuer", "ris",
                        "prelim.identity.order-issuer", "his",
                        "prelim.hl7.peers.engine.networks", "10.0.0.0/8")))
                .get(0);

        assertThat(peer.name()).isEqualTo("engine");
        assertThat(List.of(peer.site(), peer.patientIssuer(), peer.accessionIssuer(), peer.orderIssuer()))
                .containsExactly("north", "mpi", "ris", "his");
    }

    @Test
    void itMayConnectFromItsNetworksAlone() throws Exception {
        Hl7Peer peer = TestPeer.with("networks", "10.1.0.0/16,10.2.2.2");

        assertThat(peer.contains(InetAddress.getByName("10.1.255.1"))).isTrue();
        assertThat(peer.contains(InetAddress.getByName("10.2.2.2"))).isTrue();
        assertThat(peer.contains(InetAddress.getByName("10.2.2.3"))).isFalse();
        assertThat(peer.contains(InetAddress.getByName("::1"))).isFalse();
    }

    @Test
    void aSettingThatIsNoneIsNamed() {
        assertThatThrownBy(() -> TestPeer.with("networks", "engine.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prelim.hl7.peers.engine.networks");
        assertThatThrownBy(() -> TestPeer.with("character-set", "EBCDIC"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prelim.hl7.peers.engine.character-set");
    }
}
