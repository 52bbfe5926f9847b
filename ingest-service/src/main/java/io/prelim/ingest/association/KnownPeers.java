package io.prelim.ingest.association;

import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.AssociationRequest;
import java.net.InetAddress;
import java.util.List;

/**
 * Accepts who calls us by our AE title and is on the list: by AE title, address and, where the list has some, certificate. Who is on it by its own AE title may use what is reserved for known
 * senders, unless the list says otherwise. An empty list lets any calling AE in, which the startup guard allows on loopback only.
 */
record KnownPeers(String aeTitle, List<Peer> peers) implements AssociationPolicy {
    KnownPeers {
        peers = List.copyOf(peers);
    }

    @Override
    public AssociationDecision decide(AssociationRequest request) {
        List<Peer> callers = peers.stream()
                .filter(peer -> peer.calls(request.callingAeTitle())
                        && peer.contains(request.remoteAddress())
                        && peer.showed(request.certificate()))
                .toList();
        if (callers.isEmpty() && !peers.isEmpty()) {
            return Reject.CALLING_AE_TITLE_NOT_RECOGNIZED;
        }
        if (!request.calledAeTitle().equals(aeTitle)) {
            return Reject.CALLED_AE_TITLE_NOT_RECOGNIZED;
        }
        if (peers.isEmpty()) {
            return AssociationDecision.ACCEPT_KNOWN;
        }
        return new AssociationDecision.Accept(
                callers.stream().anyMatch(Peer::reserved),
                // who is on the list twice has the greater allowance
                callers.stream().mapToInt(Peer::maxAssociations).max().orElse(0));
    }

    @Override
    public boolean knows(InetAddress remoteAddress) {
        return peers.isEmpty() || peers.stream().anyMatch(peer -> peer.reserved() && peer.contains(remoteAddress));
    }
}
