package io.prelim.ingest.hl7;

import io.prelim.ingest.config.Hl7PeerConfig;
import io.prelim.ingest.config.Hl7PeerConfig.AccessionField;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.remote.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * Who may send, and whose numbers it sends.
 *
 * @param name           the site's
 * @param applications   what MSH-3 may name; empty: anything
 * @param maxConnections at once
 * @param characterSet   of a message without MSH-18
 * @param patientIssuers whose patients it may tell of beside {@code patientIssuer}; empty: anybody's
 */
record Hl7Peer(
        String name,
        List<Network> networks,
        List<String> applications,
        int maxConnections,
        String characterSet,
        AccessionField accessionField,
        String site,
        String patientIssuer,
        List<String> patientIssuers,
        String accessionIssuer,
        String orderIssuer) {
    Hl7Peer {
        networks = List.copyOf(networks);
        applications = List.copyOf(applications);
        patientIssuers = List.copyOf(patientIssuers);
    }

    /**
     * All that are set.
     *
     * @throws IllegalArgumentException when a setting is none; names it
     */
    static List<Hl7Peer> of(IngestConfig config) {
        return config.hl7().peers().entrySet().stream()
                .map(peer -> of(peer, config))
                .toList();
    }

    private static Hl7Peer of(Map.Entry<String, Hl7PeerConfig> entry, IngestConfig config) {
        Hl7PeerConfig peer = entry.getValue();
        String setting = "prelim.hl7.peers." + entry.getKey();
        List<Network> networks;
        try {
            networks = peer.networks().stream().map(Network::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ".networks: " + e.getMessage(), e);
        }
        if (CharacterSets.of(peer.characterSet()).isEmpty()) {
            throw new IllegalArgumentException(setting + ".character-set is none of HL7 table 0211 that is supported");
        }
        return new Hl7Peer(
                entry.getKey(),
                networks,
                peer.applications().orElse(List.of()),
                peer.maxConnections(),
                peer.characterSet(),
                peer.accessionField(),
                peer.site().orElse(config.site()),
                peer.patientIssuer().orElse(config.identity().patientIssuer()),
                peer.patientIssuers().orElse(List.of()),
                peer.accessionIssuer().orElse(config.identity().accessionIssuer()),
                peer.orderIssuer().orElse(config.identity().orderIssuer()));
    }

    /** Whether it may tell of an issuer's patients. */
    boolean tellsOf(String issuer) {
        return patientIssuers.isEmpty() || issuer.equals(patientIssuer) || patientIssuers.contains(issuer);
    }

    boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
