package io.prelim.ingest.association;

import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationDecision.Reject;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.AssociationRequest;
import java.util.List;

/**
 * Accepts who calls us by our AE title and is on the list; an empty list lets any calling AE in, which the startup guard allows on
 * loopback only.
 */
record KnownPeers(String aeTitle, List<Peer> peers) implements AssociationPolicy {
    KnownPeers {
        peers = List.copyOf(peers);
    }

    @Override
    public AssociationDecision decide(AssociationRequest request) {
        boolean known = peers.isEmpty()
                || peers.stream()
                        .anyMatch(
                                peer -> peer.calls(request.callingAeTitle()) && peer.contains(request.remoteAddress()));
        if (!known) {
            return Reject.CALLING_AE_TITLE_NOT_RECOGNIZED;
        }
        return request.calledAeTitle().equals(aeTitle)
                ? AssociationDecision.ACCEPT
                : Reject.CALLED_AE_TITLE_NOT_RECOGNIZED;
    }
}
