package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.Limits;
import io.prelim.dicom.syntax.TransferSyntax;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a {@link DicomServer} listens; start from {@link #defaults()}.
 *
 * @param address address to listen on
 * @param port 0 for one the system picks
 * @param transferSyntaxes accepted for storage, the most wanted first
 * @param abstractSyntaxes accepted beside Verification and the registered storage classes: storage classes of others, and
 *     those normalized ones that are served
 * @param maxPduLength longest P-DATA-TF we ask for, in bytes, 4096 to 16 MiB
 * @param tls null for plain TCP
 */
public record ServerSettings(
        InetAddress address,
        int port,
        List<String> transferSyntaxes,
        Set<String> abstractSyntaxes,
        int maxPduLength,
        Limits limits,
        Timeouts timeouts,
        ServerTls tls) {
    public ServerSettings {
        transferSyntaxes = List.copyOf(transferSyntaxes);
        abstractSyntaxes = Set.copyOf(abstractSyntaxes);
        require(port >= 0 && port <= 65535, "port must be 0 to 65535");
        require(!transferSyntaxes.isEmpty(), "at least one transfer syntax is needed");
        require(maxPduLength >= 4096 && maxPduLength <= 16 << 20, "maxPduLength must be 4096 to 16777216");
    }

    /** Loopback, a port the system picks, PDUs of 256 KiB, {@link Limits#DEFAULT}, {@link Timeouts#DEFAULT}. */
    public static ServerSettings defaults() {
        return new ServerSettings(
                InetAddress.getLoopbackAddress(),
                0,
                TransferSyntax.STORAGE,
                Set.of(),
                256 << 10,
                Limits.DEFAULT,
                Timeouts.DEFAULT,
                null);
    }

    public ServerSettings withAddress(InetAddress value) {
        return new ServerSettings(value, port, transferSyntaxes, abstractSyntaxes, maxPduLength, limits, timeouts, tls);
    }

    public ServerSettings withPort(int value) {
        return new ServerSettings(
                address, value, transferSyntaxes, abstractSyntaxes, maxPduLength, limits, timeouts, tls);
    }

    public ServerSettings withTransferSyntaxes(List<String> value) {
        return new ServerSettings(address, port, value, abstractSyntaxes, maxPduLength, limits, timeouts, tls);
    }

    public ServerSettings withAbstractSyntaxes(Set<String> value) {
        return new ServerSettings(address, port, transferSyntaxes, value, maxPduLength, limits, timeouts, tls);
    }

    public ServerSettings withMaxPduLength(int value) {
        return new ServerSettings(address, port, transferSyntaxes, abstractSyntaxes, value, limits, timeouts, tls);
    }

    public ServerSettings withLimits(Limits value) {
        return new ServerSettings(
                address, port, transferSyntaxes, abstractSyntaxes, maxPduLength, value, timeouts, tls);
    }

    public ServerSettings withMaxAssociations(int value) {
        return withLimits(limits.withMaxAssociations(value));
    }

    public ServerSettings withMaxOperationsInvoked(int value) {
        return withLimits(limits.withMaxOperationsInvoked(value));
    }

    public ServerSettings withTls(ServerTls value) {
        return new ServerSettings(
                address, port, transferSyntaxes, abstractSyntaxes, maxPduLength, limits, timeouts, value);
    }

    private ServerSettings withTimeouts(Timeouts value) {
        return new ServerSettings(address, port, transferSyntaxes, abstractSyntaxes, maxPduLength, limits, value, tls);
    }

    public ServerSettings withTimeouts(Duration artim, Duration idle, Duration message) {
        return withTimeouts(new Timeouts(artim, idle, message, timeouts.closeGrace()));
    }

    public ServerSettings withCloseGrace(Duration value) {
        return withTimeouts(new Timeouts(timeouts.artim(), timeouts.idle(), timeouts.message(), value));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
