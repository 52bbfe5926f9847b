package io.prelim.dicom.net.association;

import java.net.InetAddress;

/**
 * Told what becomes of each association, on its own thread or, of answers, on one that sends them; for metrics, logs and hints.
 * Keep it quick. What it throws is logged and goes no further.
 */
public interface AssociationListener {
    /** Hears nothing. */
    AssociationListener NONE = new AssociationListener() {};

    /** A connection was closed at once, because there are too many of them in all or from its address. */
    default void turnedAway(InetAddress remoteAddress) {}

    /** An association was established. */
    default void accepted(AssociationInfo association) {}

    /** An association was refused; the titles may be empty when the peer was refused before it spoke. */
    default void rejected(
            InetAddress remoteAddress,
            String callingAeTitle,
            String calledAeTitle,
            AssociationDecision.Reject reject) {}

    /**
     * A message was answered.
     *
     * @param operation {@code C-STORE}, {@code C-ECHO}, {@code N-CREATE} and the like; {@code other} for what is not served
     * @param status the status answered, 0 to FFFF
     * @param bytes bytes of the data set
     * @param nanos from the end of the command to the answer
     */
    default void received(AssociationInfo association, String operation, int status, long bytes, long nanos) {}

    /** The peer released the association. */
    default void released(AssociationInfo association) {}

    /** The association, or the connection before it became one, ended without release. */
    default void aborted(AssociationInfo association, AbortCause cause) {}
}
