package io.prelim.ingest.association;

import io.prelim.dicom.net.association.PeerCertificate;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.RemoteConfig;
import io.prelim.ingest.remote.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A peer that may associate.
 *
 * @param aeTitle as it calls itself, or {@code *} for any
 * @param networks it may call from, at least one
 * @param certificates fingerprints, one of which it must show: 64 lower-case hexadecimal digits each; none: whatever TLS trusts,
 *     and plain TCP, will do
 * @param reserved whether it may use what is reserved for known senders
 * @param maxAssociations at once; 0 for what the listener allows every peer
 */
record Peer(String aeTitle, List<Network> networks, Set<String> certificates, boolean reserved, int maxAssociations) {
    private static final String ANY = "*";

    Peer {
        networks = List.copyOf(networks);
        certificates = Set.copyOf(certificates);
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
            return new Peer(title, List.of(Network.parse(text.substring(at + 1))), Set.of(), !title.equals(ANY), 0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("prelim.dicom.peers: " + e.getMessage(), e);
        }
    }

    private static Peer of(Map.Entry<String, RemoteConfig> remote) {
        RemoteConfig config = remote.getValue();
        String setting = "prelim.dicom.remotes." + remote.getKey();
        return new Peer(
                config.aeTitle(),
                config.networks().orElse(List.of()).stream()
                        .map(text -> named(setting + ".networks", text, Network::parse))
                        .toList(),
                config.certificates().orElse(List.of()).stream()
                        .map(text -> named(setting + ".certificates", text, Peer::fingerprint))
                        .collect(Collectors.toSet()),
                config.reserved(),
                config.maxAssociations().orElse(0));
    }

    private static <T> T named(String setting, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
        }
    }

    private static String fingerprint(String text) {
        String digits = text.replace(":", "").strip().toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("\"" + text + "\" is no SHA-256 fingerprint");
        }
        return digits;
    }

    boolean calls(String callingAeTitle) {
        return aeTitle.equals(ANY) || aeTitle.equals(callingAeTitle);
    }

    /** Whether it showed what it must. */
    boolean showed(PeerCertificate certificate) {
        return certificates.isEmpty() || (certificate != null && certificates.contains(certificate.sha256()));
    }

    boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
