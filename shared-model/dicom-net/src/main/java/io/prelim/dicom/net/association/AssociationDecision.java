package io.prelim.dicom.net.association;

/** What an {@link AssociationPolicy} answers. */
public sealed interface AssociationDecision {
    /**
     * The association may be established, as far as there is room; else the peer gets (2,3,2).
     *
     * @param reserved whether the peer is known and may use what is reserved for those who are
     * @param maxAssociations how many the calling AE title may have from its address at once; 0 for what the {@link Limits} say
     */
    record Accept(boolean reserved, int maxAssociations) implements AssociationDecision {
        public Accept {
            if (maxAssociations < 0) {
                throw new IllegalArgumentException("maxAssociations must not be negative");
            }
        }
    }

    /**
     * The association is refused by A-ASSOCIATE-RJ (PS3.8 section 9.3.4).
     *
     * @param result 1 rejected for good, 2 for now
     * @param source 1 service user, 2 service provider (ACSE), 3 service provider (presentation)
     * @param reason see PS3.8 table 9-21
     */
    record Reject(int result, int source, int reason) implements AssociationDecision {
        /** (1,1,3): the calling AE title is not known here. */
        public static final Reject CALLING_AE_TITLE_NOT_RECOGNIZED = new Reject(1, 1, 3);

        /** (1,1,7): the called AE title is not ours. */
        public static final Reject CALLED_AE_TITLE_NOT_RECOGNIZED = new Reject(1, 1, 7);

        /** (1,1,2): not DICOM's application context. */
        public static final Reject APPLICATION_CONTEXT_NOT_SUPPORTED = new Reject(1, 1, 2);

        /** (1,2,2): a protocol version without bit 0. */
        public static final Reject PROTOCOL_VERSION_NOT_SUPPORTED = new Reject(1, 2, 2);

        /** (2,3,1): busy for a while. */
        public static final Reject TEMPORARY_CONGESTION = new Reject(2, 3, 1);

        /** (2,3,2): as many associations as are allowed. */
        public static final Reject LOCAL_LIMIT_EXCEEDED = new Reject(2, 3, 2);

        @Override
        public String toString() {
            return "RJ(" + result + "," + source + "," + reason + ")";
        }
    }

    /** A peer that nothing is reserved for. */
    AssociationDecision ACCEPT = new Accept(false, 0);

    /** A known peer. */
    AssociationDecision ACCEPT_KNOWN = new Accept(true, 0);
}
