package io.prelim.dicom.net.transport;

import java.time.Duration;

/**
 * How a {@link DicomClient} connects.
 *
 * @param host name or address of the peer
 * @param port 1 to 65535
 * @param callingAeTitle ours, 1 to 16 characters
 * @param calledAeTitle the peer's, 1 to 16 characters
 * @param maxPduLength longest P-DATA-TF we ask for, in bytes, 4096 to 16 MiB
 * @param maxOperationsInvoked operations without their answers that we ask for, 1 to 1000 (PS3.7 section D.3.3.3)
 * @param connectTimeout for the TCP connection
 * @param responseTimeout for the TLS handshake, for the answer to a request, and for a blocked write
 * @param tls null for plain TCP
 */
public record ClientSettings(
        String host,
        int port,
        String callingAeTitle,
        String calledAeTitle,
        int maxPduLength,
        int maxOperationsInvoked,
        Duration connectTimeout,
        Duration responseTimeout,
        ClientTls tls) {
    public ClientSettings {
        aeTitle(callingAeTitle, "callingAeTitle");
        aeTitle(calledAeTitle, "calledAeTitle");
        require(port >= 1 && port <= 65535, "port must be 1 to 65535");
        require(maxPduLength >= 4096 && maxPduLength <= 16 << 20, "maxPduLength must be 4096 to 16777216");
        require(maxOperationsInvoked >= 1 && maxOperationsInvoked <= 1000, "maxOperationsInvoked must be 1 to 1000");
        require(!connectTimeout.isNegative() && !connectTimeout.isZero(), "connectTimeout must be positive");
        require(!responseTimeout.isNegative() && !responseTimeout.isZero(), "responseTimeout must be positive");
    }

    /** PDUs of 256 KiB, one operation after the other, 10 s to connect, 60 s for an answer. */
    public static ClientSettings of(String host, int port, String callingAeTitle, String calledAeTitle) {
        return new ClientSettings(
                host,
                port,
                callingAeTitle,
                calledAeTitle,
                256 << 10,
                1,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                null);
    }

    public ClientSettings withTimeouts(Duration connect, Duration response) {
        return new ClientSettings(
                host, port, callingAeTitle, calledAeTitle, maxPduLength, maxOperationsInvoked, connect, response, tls);
    }

    public ClientSettings withMaxPduLength(int value) {
        return new ClientSettings(
                host,
                port,
                callingAeTitle,
                calledAeTitle,
                value,
                maxOperationsInvoked,
                connectTimeout,
                responseTimeout,
                tls);
    }

    public ClientSettings withMaxOperationsInvoked(int value) {
        return new ClientSettings(
                host, port, callingAeTitle, calledAeTitle, maxPduLength, value, connectTimeout, responseTimeout, tls);
    }

    public ClientSettings withTls(ClientTls value) {
        return new ClientSettings(
                host,
                port,
                callingAeTitle,
                calledAeTitle,
                maxPduLength,
                maxOperationsInvoked,
                connectTimeout,
                responseTimeout,
                value);
    }

    private static void aeTitle(String title, String name) {
        require(
                !title.isBlank()
                        && title.length() <= 16
                        && title.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '\\'),
                name + " must be 1 to 16 printable characters");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
