package io.prelim.dicom.net.association;

/** The states of PS3.8 section 9.2.1. */
public enum State {
    /** Idle. */
    STA1,
    /** Transport connection open, awaiting A-ASSOCIATE-RQ. */
    STA2,
    /** Awaiting our answer to A-ASSOCIATE-RQ. */
    STA3,
    /** Awaiting the transport connection to open. */
    STA4,
    /** Awaiting A-ASSOCIATE-AC or -RJ. */
    STA5,
    /** Association established, ready for data. */
    STA6,
    /** Awaiting A-RELEASE-RP. */
    STA7,
    /** Awaiting our answer to A-RELEASE-RQ. */
    STA8,
    /** Release collision, requestor: awaiting our answer. */
    STA9,
    /** Release collision, acceptor: awaiting A-RELEASE-RP. */
    STA10,
    /** Release collision, requestor: awaiting A-RELEASE-RP. */
    STA11,
    /** Release collision, acceptor: awaiting our answer. */
    STA12,
    /** Awaiting the transport connection to close. */
    STA13
}
