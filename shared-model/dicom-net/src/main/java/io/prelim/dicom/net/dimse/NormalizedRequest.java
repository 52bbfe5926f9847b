package io.prelim.dicom.net.dimse;

import io.prelim.dicom.net.association.AssociationInfo;

/**
 * One request of a normalized service (PS3.7 section 10.1), its form checked: the SOP class is the presentation context's, the
 * operation and type are the class's, the instance is the well-known one where the class has one.
 *
 * @param association who asks, and on which association
 * @param sopInstanceUid well-formed; empty only where an N-CREATE leaves it to the SCP, whose response must then name it
 * @param typeId action type of N-ACTION, event type of N-EVENT-REPORT; else 0
 * @param messageId 0 to 65535
 */
public record NormalizedRequest(
        AssociationInfo association,
        NormalizedOperation operation,
        NormalizedSopClass sopClass,
        String sopInstanceUid,
        int typeId,
        int messageId) {}
