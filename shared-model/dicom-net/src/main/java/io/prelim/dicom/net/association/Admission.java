package io.prelim.dicom.net.association;

import io.prelim.dicom.net.association.AssociationDecision.Accept;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts connections and associations against the {@link Limits}: in all, for each address, for each peer, and so that peers who
 * are not known never take what is reserved for those who are. For any thread.
 */
public final class Admission {
    private record Peer(String callingAeTitle, InetAddress address) {}

    /** One connection's place, from its coming to its going. */
    public final class Place {
        private final InetAddress address;
        private final boolean known;
        private Peer peer;
        private boolean reserved;
        private boolean left;

        private Place(InetAddress address, boolean known) {
            this.address = address;
            this.known = known;
        }

        /** Makes it an association's place; false when that is one too many, upon which it stays what it is. */
        public boolean associate(String callingAeTitle, Accept accept) {
            return Admission.this.associate(this, new Peer(callingAeTitle, address), accept);
        }

        /** The association is over, though the connection may linger: its room is for the next. */
        public void dissociate() {
            Admission.this.dissociate(this);
        }

        /** The connection is gone. Said again, it means nothing. */
        public void leave() {
            Admission.this.leave(this);
        }
    }

    private final Limits limits;
    private final Map<InetAddress, Integer> waiting = new HashMap<>();
    private final Map<Peer, Integer> associated = new HashMap<>();
    private int connections;
    private int unknownConnections;
    private int associations;
    private int unreservedAssociations;

    public Admission(Limits limits) {
        this.limits = limits;
    }

    /**
     * A place for a connection that just came, or null when it is one too many.
     *
     * @param known whether what is reserved may be used; the policy says so of the address
     */
    public synchronized Place connect(InetAddress address, boolean known) {
        if (connections >= limits.maxConnections()
                || (!known && unknownConnections >= limits.maxUnknownConnections())
                || waiting.getOrDefault(address, 0) >= limits.maxWaitingPerAddress()) {
            return null;
        }
        connections++;
        unknownConnections += known ? 0 : 1;
        waiting.merge(address, 1, Integer::sum);
        return new Place(address, known);
    }

    /** Associations established. */
    public synchronized int associations() {
        return associations;
    }

    private synchronized boolean associate(Place place, Peer peer, Accept accept) {
        int most = accept.maxAssociations() == 0 ? limits.maxPerPeer() : accept.maxAssociations();
        if (associations >= limits.maxAssociations()
                || (!accept.reserved()
                        && unreservedAssociations >= limits.maxAssociations() - limits.reservedAssociations())
                || associated.getOrDefault(peer, 0) >= most) {
            return false;
        }
        associations++;
        unreservedAssociations += accept.reserved() ? 0 : 1;
        associated.merge(peer, 1, Integer::sum);
        decrement(waiting, place.address);
        place.peer = peer;
        place.reserved = accept.reserved();
        return true;
    }

    private synchronized void leave(Place place) {
        if (place.left) {
            return;
        }
        dissociate(place);
        place.left = true;
        connections--;
        unknownConnections -= place.known ? 0 : 1;
        decrement(waiting, place.address);
    }

    private synchronized void dissociate(Place place) {
        if (place.peer != null) {
            associations--;
            unreservedAssociations -= place.reserved ? 0 : 1;
            decrement(associated, place.peer);
            waiting.merge(place.address, 1, Integer::sum);
            place.peer = null;
        }
    }

    private static <K> void decrement(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }
}
