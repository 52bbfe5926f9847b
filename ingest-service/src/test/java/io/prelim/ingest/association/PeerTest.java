package io.prelim.ingest.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.dicom.net.association.AssociationRequest;
import io.prelim.dicom.net.association.PeerCertificate;
import io.prelim.ingest.config.TestConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTest {
    @ParameterizedTest
    @CsvSource({
        "CT1@10.1.2.3, 10.1.2.3, true",
        "CT1@10.1.2.3, 10.1.2.4, false",
        "CT1@10.1.0.0/16, 10.1.255.4, true",
        "CT1@10.1.0.0/16, 10.2.0.1, false",
        "CT1@10.1.2.128/25, 10.1.2.127, false",
        "CT1@0.0.0.0/0, 192.168.1.1, true",
        "CT1@fd00::/8, fd12::1, true",
        "CT1@fd00::/8, 10.1.2.3, false",
    })
    void networksContainTheirAddresses(String peer, String address, boolean contained) throws UnknownHostException {
        assertThat(Peer.parse(peer).contains(InetAddress.getByName(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CT1",
                "@10.0.0.1",
                "CT1@host.example",
                "CT1@10.0.0.1/33",
                "CT1@10.0.0.1/x",
                "CT1@",
                "CT1@300.1.1.1"
            })
    void whatIsNoPeerIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Peer.parse(text))
                .withMessageContaining("prelim.dicom.peers");
    }

    @Test
    void titleAndAddressMustBothBeOnTheList() throws UnknownHostException {
        KnownPeers peers = new KnownPeers("PRELIM", List.of(Peer.parse("CT1@10.1.0.0/16"), Peer.parse("*@10.9.9.9")));

        assertThat(peers.decide(request("CT1", "PRELIM", "10.1.2.3"))).isEqualTo(AssociationDecision.ACCEPT_KNOWN);
        assertThat(peers.decide(request("ANY", "PRELIM", "10.9.9.9"))).isEqualTo(AssociationDecision.ACCEPT);
        assertThat(peers.decide(request("CT1", "PRELIM", "10.2.2.3")))
                .isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);
        assertThat(peers.decide(request("CT2", "PRELIM", "10.1.2.3")))
                .isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);
        assertThat(peers.decide(request("CT1", "OTHER", "10.1.2.3"))).isEqualTo(Reject.CALLED_AE_TITLE_NOT_RECOGNIZED);
    }

    @Test
    void whatIsReservedIsForThoseNamed() throws UnknownHostException {
        KnownPeers peers = new KnownPeers("PRELIM", List.of(Peer.parse("CT1@10.1.0.0/16"), Peer.parse("*@10.9.9.9")));

        assertThat(peers.knows(InetAddress.getByName("10.1.2.3"))).isTrue();
        assertThat(peers.knows(InetAddress.getByName("10.9.9.9"))).isFalse();
        assertThat(new KnownPeers("PRELIM", List.of()).knows(InetAddress.getByName("127.0.0.1")))
                .isTrue();
        assertThat(new KnownPeers("PRELIM", List.of()).decide(request("ANY", "PRELIM", "127.0.0.1")))
                .isEqualTo(AssociationDecision.ACCEPT_KNOWN);
    }

    @Test
    void aRemoteWithNetworksMayCall() throws UnknownHostException {
        KnownPeers peers = new KnownPeers(
                "PRELIM",
                peers(Map.of(
                        "prelim.dicom.peers", "CT1@10.1.0.0/16",
                        "prelim.dicom.remotes.mr.ae-title", "MR1",
                        "prelim.dicom.remotes.mr.networks", "10.3.0.0/16,10.4.4.4",
                        "prelim.dicom.remotes.mr.max-associations", "3",
                        "prelim.dicom.remotes.slow.ae-title", "SLOW",
                        "prelim.dicom.remotes.slow.networks", "10.5.0.0/16",
                        "prelim.dicom.remotes.slow.reserved", "false",
                        "prelim.dicom.remotes.archive.ae-title", "PACS",
                        "prelim.dicom.remotes.archive.host", "10.6.6.6",
                        "prelim.dicom.remotes.archive.port", "104")));

        assertThat(peers.decide(request("CT1", "PRELIM", "10.1.2.3"))).isEqualTo(AssociationDecision.ACCEPT_KNOWN);
        assertThat(peers.decide(request("MR1", "PRELIM", "10.3.2.3")))
                .isEqualTo(new AssociationDecision.Accept(true, 3));
        assertThat(peers.decide(request("MR1", "PRELIM", "10.4.4.4")))
                .isEqualTo(new AssociationDecision.Accept(true, 3));
        assertThat(peers.decide(request("MR1", "PRELIM", "10.4.4.5")))
                .isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);
        assertThat(peers.decide(request("SLOW", "PRELIM", "10.5.1.1"))).isEqualTo(AssociationDecision.ACCEPT);
        assertThat(peers.decide(request("PACS", "PRELIM", "10.6.6.6")))
                .isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);
        assertThat(peers.knows(InetAddress.getByName("10.3.9.9"))).isTrue();
        assertThat(peers.knows(InetAddress.getByName("10.5.1.1"))).isFalse();
    }

    @Test
    void aRemoteWithCertificatesMustShowOne() throws UnknownHostException {
        String fingerprint = "0123456789abcdef".repeat(4);
        KnownPeers peers = new KnownPeers(
                "PRELIM",
                peers(Map.of(
                        "prelim.dicom.remotes.mr.ae-title", "MR1",
                        "prelim.dicom.remotes.mr.networks", "10.3.0.0/16",
                        "prelim.dicom.remotes.mr.certificates",
                                "ff".repeat(32) + "," + "01:23:45:67:89:AB:CD:EF:".repeat(4))));

        assertThat(peers.decide(certified("MR1", "10.3.1.1", fingerprint))).isEqualTo(AssociationDecision.ACCEPT_KNOWN);
        assertThat(peers.decide(certified("MR1", "10.3.1.1", "00".repeat(32))))
                .isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);
        assertThat(peers.decide(certified("MR1", "10.4.1.1", fingerprint)))
                .isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);
        assertThat(peers.decide(certified("MR2", "10.3.1.1", fingerprint)))
                .isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);
        assertThat(peers.decide(request("MR1", "PRELIM", "10.3.1.1")))
                .as("without a certificate")
                .isEqualTo(Reject.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }

    @Test
    void aFingerprintThatIsNoneIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peers(Map.of(
                        "prelim.dicom.remotes.mr.ae-title", "MR1",
                        "prelim.dicom.remotes.mr.networks", "10.3.0.0/16",
                        "prelim.dicom.remotes.mr.certificates", "ab:cd")))
                .withMessageContaining("prelim.dicom.remotes.mr.certificates");
    }

    @Test
    void aRemoteThatIsOnlyCalledLetsAnybodyInStill() {
        assertThat(peers(Map.of(
                        "prelim.dicom.remotes.archive.ae-title", "PACS",
                        "prelim.dicom.remotes.archive.host", "10.6.6.6",
                        "prelim.dicom.remotes.archive.port", "104")))
                .isEmpty();
    }

    @Test
    void aNetworkThatIsNoneIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peers(Map.of(
                        "prelim.dicom.remotes.mr.ae-title", "MR1", "prelim.dicom.remotes.mr.networks", "mr.example")))
                .withMessageContaining("prelim.dicom.remotes.mr.networks");
    }

    private static List<Peer> peers(Map<String, String> settings) {
        return Peer.of(TestConfig.of(settings).dicom());
    }

    private static AssociationRequest certified(String calling, String address, String sha256)
            throws UnknownHostException {
        return new AssociationRequest(
                calling,
                "PRELIM",
                InetAddress.getByName(address),
                List.of("1.2.3"),
                new PeerCertificate("CN=" + calling, sha256));
    }

    private static AssociationRequest request(String calling, String called, String address)
            throws UnknownHostException {
        return new AssociationRequest(calling, called, InetAddress.getByName(address), List.of("1.2.3"));
    }
}
