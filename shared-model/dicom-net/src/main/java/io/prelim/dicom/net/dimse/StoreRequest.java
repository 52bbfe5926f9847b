package io.prelim.dicom.net.dimse;

import java.net.InetAddress;

/**
 * One C-STORE request (PS3.7 section 9.3.1.1). UIDs are as sent, printable ASCII, not checked for form.
 *
 * @param associationId the association's identifier within this process
 * @param transferSyntax UID of the syntax the data set is in
 * @param priority 0 medium, 1 high, 2 low
 * @param messageId 0 to 65535
 * @param moveOriginatorAeTitle who asked for it by C-MOVE, printable ASCII without surrounding spaces; empty when nobody did
 * @param moveOriginatorMessageId message of that C-MOVE, 0 to 65535; -1 when nobody did
 */
public record StoreRequest(
        String associationId,
        String callingAeTitle,
        String calledAeTitle,
        InetAddress remoteAddress,
        String transferSyntax,
        String sopClassUid,
        String sopInstanceUid,
        int priority,
        int messageId,
        String moveOriginatorAeTitle,
        int moveOriginatorMessageId) {}
