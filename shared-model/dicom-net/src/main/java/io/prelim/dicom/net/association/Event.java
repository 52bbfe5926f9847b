package io.prelim.dicom.net.association;

/** The events of PS3.8 table 9-10, in its order. */
public enum Event {
    /** 1: we ask for an association. */
    A_ASSOCIATE_REQUEST,
    /** 2: the transport connection we asked for is open. */
    TRANSPORT_CONNECT_CONFIRM,
    /** 3 */
    A_ASSOCIATE_AC_PDU,
    /** 4 */
    A_ASSOCIATE_RJ_PDU,
    /** 5: a peer opened a transport connection. */
    TRANSPORT_CONNECT_INDICATION,
    /** 6 */
    A_ASSOCIATE_RQ_PDU,
    /** 7: we accept. */
    A_ASSOCIATE_RESPONSE_ACCEPT,
    /** 8: we reject. */
    A_ASSOCIATE_RESPONSE_REJECT,
    /** 9: we send data. */
    P_DATA_REQUEST,
    /** 10 */
    P_DATA_TF_PDU,
    /** 11: we ask for release. */
    A_RELEASE_REQUEST,
    /** 12 */
    A_RELEASE_RQ_PDU,
    /** 13 */
    A_RELEASE_RP_PDU,
    /** 14: we agree to release. */
    A_RELEASE_RESPONSE,
    /** 15: we abort. */
    A_ABORT_REQUEST,
    /** 16 */
    A_ABORT_PDU,
    /** 17 */
    TRANSPORT_CLOSED,
    /** 18 */
    ARTIM_EXPIRED,
    /** 19 */
    INVALID_PDU;

    /** The number of the event in the table. */
    public int number() {
        return ordinal() + 1;
    }
}
