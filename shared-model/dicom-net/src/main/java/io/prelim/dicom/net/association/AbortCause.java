package io.prelim.dicom.net.association;

/**
 * Why an association ended without a release.
 *
 * @param kind who ended it
 * @param source A-ABORT source, 0 service user or 2 service provider; -1 where no A-ABORT was sent or received
 * @param reason A-ABORT reason (PS3.8 table 9-26); -1 likewise
 * @param detail what happened, printable, without identity
 */
public record AbortCause(Kind kind, int source, int reason, String detail) {
    /** Who ended it. */
    public enum Kind {
        /** The peer sent A-ABORT. */
        PEER_ABORTED,
        /** The connection was closed or broke. */
        CONNECTION_LOST,
        /** The TLS handshake failed (another version, suite or certificate than may be, no TLS at all), or a second one was asked for. */
        TLS_REFUSED,
        /** The peer broke the protocol and was sent A-ABORT. */
        PROTOCOL_ERROR,
        /** A limit of time was passed: ARTIM, idle, or a message that took too long. */
        TIMED_OUT,
        /** Our side is shutting down. */
        SHUT_DOWN,
        /** Our own software failed. */
        INTERNAL_ERROR
    }
}
