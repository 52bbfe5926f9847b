package io.prelim.dicom.net.association;

import java.net.InetAddress;
import java.util.List;

/**
 * What a peer asks for, as a policy sees it. Texts are reduced to printable ASCII and without surrounding spaces; the peer
 * chose them, so they never become a path, a query or a metric label.
 *
 * @param callingAeTitle 1 to 16 characters, or empty when the peer left it blank
 * @param calledAeTitle same
 * @param remoteAddress where the connection comes from
 * @param abstractSyntaxes the SOP classes proposed, in order
 * @param certificate what the peer proved to be by TLS; null over plain TCP, and where it showed none
 */
public record AssociationRequest(
        String callingAeTitle,
        String calledAeTitle,
        InetAddress remoteAddress,
        List<String> abstractSyntaxes,
        PeerCertificate certificate) {
    public AssociationRequest {
        abstractSyntaxes = List.copyOf(abstractSyntaxes);
    }

    /** Without a certificate. */
    public AssociationRequest(
            String callingAeTitle, String calledAeTitle, InetAddress remoteAddress, List<String> abstractSyntaxes) {
        this(callingAeTitle, calledAeTitle, remoteAddress, abstractSyntaxes, null);
    }
}
