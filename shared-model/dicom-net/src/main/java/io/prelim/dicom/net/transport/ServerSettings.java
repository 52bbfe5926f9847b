package io.prelim.dicom.net.transport;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.syntax.TransferSyntax;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a {@link DicomServer} listens; start from {@link #defaults()}.
 *
 * @param address address to listen on
 * @param port 0 for one the system picks
 * @param transferSyntaxes accepted for storage, the most wanted first
 * @param abstractSyntaxes accepted beside Verification and the registered storage classes
 * @param maxAssociations at the same time, 1 to 10000; one more gets (2,3,2)
 * @param maxPduLength longest P-DATA-TF we ask for, in bytes, 4096 to 16 MiB
 * @param artimTimeout from connection to A-ASSOCIATE-RQ, and from our last word to the peer's close
 * @param idleTimeout without a message on an established association
 * @param messageTimeout for one message to come in whole and be answered
 * @param closeGrace for running messages when the server closes
 */
public record ServerSettings(
        InetAddress address,
        int port,
        List<String> transferSyntaxes,
        Set<String> abstractSyntaxes,
        int maxAssociations,
        int maxPduLength,
        Duration artimTimeout,
        Duration idleTimeout,
        Duration messageTimeout,
        Duration closeGrace) {
    public ServerSettings {
        transferSyntaxes = List.copyOf(transferSyntaxes);
        abstractSyntaxes = Set.copyOf(abstractSyntaxes);
        require(port >= 0 && port <= 65535, "port must be 0 to 65535");
        require(!transferSyntaxes.isEmpty(), "at least one transfer syntax is needed");
        require(maxAssociations >= 1 && maxAssociations <= 10_000, "maxAssociations must be 1 to 10000");
        require(maxPduLength >= 4096 && maxPduLength <= 16 << 20, "maxPduLength must be 4096 to 16777216");
        positive(artimTimeout, "artimTimeout");
        positive(idleTimeout, "idleTimeout");
        positive(messageTimeout, "messageTimeout");
        require(!closeGrace.isNegative(), "closeGrace must not be negative");
    }

    /** Loopback, a port the system picks, 64 associations, PDUs of 256 KiB, 30 s ARTIM, 5 min idle and per message. */
    public static ServerSettings defaults() {
        List<String> syntaxes = new ArrayList<>(List.of(Uid.EXPLICIT_VR_LITTLE_ENDIAN, Uid.IMPLICIT_VR_LITTLE_ENDIAN));
        syntaxes.addAll(TransferSyntax.ENCAPSULATED);
        return new ServerSettings(
                InetAddress.getLoopbackAddress(),
                0,
                syntaxes,
                Set.of(),
                64,
                256 << 10,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10));
    }

    public ServerSettings withAddress(InetAddress value) {
        return new ServerSettings(
                value,
                port,
                transferSyntaxes,
                abstractSyntaxes,
                maxAssociations,
                maxPduLength,
                artimTimeout,
                idleTimeout,
                messageTimeout,
                closeGrace);
    }

    public ServerSettings withPort(int value) {
        return new ServerSettings(
                address,
                value,
                transferSyntaxes,
                abstractSyntaxes,
                maxAssociations,
                maxPduLength,
                artimTimeout,
                idleTimeout,
                messageTimeout,
                closeGrace);
    }

    public ServerSettings withTransferSyntaxes(List<String> value) {
        return new ServerSettings(
                address,
                port,
                value,
                abstractSyntaxes,
                maxAssociations,
                maxPduLength,
                artimTimeout,
                idleTimeout,
                messageTimeout,
                closeGrace);
    }

    public ServerSettings withAbstractSyntaxes(Set<String> value) {
        return new ServerSettings(
                address,
                port,
                transferSyntaxes,
                value,
                maxAssociations,
                maxPduLength,
                artimTimeout,
                idleTimeout,
                messageTimeout,
                closeGrace);
    }

    public ServerSettings withMaxAssociations(int value) {
        return new ServerSettings(
                address,
                port,
                transferSyntaxes,
                abstractSyntaxes,
                value,
                maxPduLength,
                artimTimeout,
                idleTimeout,
                messageTimeout,
                closeGrace);
    }

    public ServerSettings withMaxPduLength(int value) {
        return new ServerSettings(
                address,
                port,
                transferSyntaxes,
                abstractSyntaxes,
                maxAssociations,
                value,
                artimTimeout,
                idleTimeout,
                messageTimeout,
                closeGrace);
    }

    public ServerSettings withTimeouts(Duration artim, Duration idle, Duration message) {
        return new ServerSettings(
                address,
                port,
                transferSyntaxes,
                abstractSyntaxes,
                maxAssociations,
                maxPduLength,
                artim,
                idle,
                message,
                closeGrace);
    }

    public ServerSettings withCloseGrace(Duration value) {
        return new ServerSettings(
                address,
                port,
                transferSyntaxes,
                abstractSyntaxes,
                maxAssociations,
                maxPduLength,
                artimTimeout,
                idleTimeout,
                messageTimeout,
                value);
    }

    private static void positive(Duration duration, String name) {
        require(!duration.isNegative() && !duration.isZero(), name + " must be positive");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
