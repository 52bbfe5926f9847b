package io.prelim.ingest.association;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.remote.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A peer that may associate.
 *
 * @param aeTitle as it calls itself, or {@code *} for any
 * @param networks it may call from, at least one
 * @param reserved whether it may use what is reserved for known senders
 * @param maxAssociations at once; 0 for what the listener allows every peer
 */
record Peer(String aeTitle, List<Network> networks, boolean reserved, int maxAssociations) {
    private static final String ANY = "*";

    Peer {
        networks = List.copyOf(networks);
    }

    /** Everybody who may associate: those listed in short, and the remotes that have networks; empty when nobody is named. */
    static List<Peer> of(IngestConfig.Dicom config) {
        return Stream.concat(
                        config.peers().orElse(List.of()).stream().map(Peer::parse),
                        config.remotes().entrySet().stream()
                                .filter(remote -> remote.getValue().networks().isPresent())
                                .map(Peer::of))
                .toList();
    }

    /**
     * Reads {@code AETITLE@address} or {@code AETITLE@network/bits}; numbers only, no names to resolve.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Peer parse(String text) {
        int at = text.lastIndexOf('@');
        String title = at < 0 ? "" : text.substring(0, at).strip();
        if (title.isEmpty() || title.length() > 16) {
            throw new IllegalArgumentException("prelim.dicom.peers: \"" + text + "\" is not AETITLE@address[/bits]");
        }
        try {
            return new Peer(title, List.of(Network.parse(text.substring(at + 1))), !title.equals(ANY), 0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("prelim.dicom.peers: " + e.getMessage(), e);
        }
    }

    private static Peer of(Map.Entry<String, IngestConfig.Remote> remote) {
        IngestConfig.Remote config = remote.getValue();
        try {
            return new Peer(
                    config.aeTitle(),
                    config.networks().orElse(List.of()).stream()
                            .map(Network::parse)
                            .toList(),
                    config.reserved(),
                    config.maxAssociations().orElse(0));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "prelim.dicom.remotes." + remote.getKey() + ".networks: " + e.getMessage(), e);
        }
    }

    boolean calls(String callingAeTitle) {
        return aeTitle.equals(ANY) || aeTitle.equals(callingAeTitle);
    }

    boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
