package io.prelim.dicom.net.association;

import java.net.InetAddress;

/**
 * An association as logs, metrics and listeners know it.
 *
 * @param associationId ours, unique within the process
 * @param callingAeTitle as sent, printable ASCII; empty before it is known
 * @param calledAeTitle as sent, printable ASCII; empty before it is known
 */
public record AssociationInfo(
        String associationId, String callingAeTitle, String calledAeTitle, InetAddress remoteAddress) {}
