package io.prelim.dicom.net.association;

/** The actions of PS3.8 tables 9-6 to 9-9. */
public enum Action {
    /** Open the transport connection. */
    AE_1,
    /** Send A-ASSOCIATE-RQ. */
    AE_2,
    /** Tell that the association is accepted. */
    AE_3,
    /** Tell that it is rejected; close. */
    AE_4,
    /** Take the transport connection; start ARTIM. */
    AE_5,
    /** Stop ARTIM; ask for a decision, or send A-ASSOCIATE-RJ and start ARTIM. */
    AE_6,
    /** Send A-ASSOCIATE-AC. */
    AE_7,
    /** Send A-ASSOCIATE-RJ; start ARTIM. */
    AE_8,
    /** Send P-DATA-TF. */
    DT_1,
    /** Hand on the data. */
    DT_2,
    /** Send A-RELEASE-RQ. */
    AR_1,
    /** Tell that release is asked for. */
    AR_2,
    /** Tell that release is done; close. */
    AR_3,
    /** Send A-RELEASE-RP; start ARTIM. */
    AR_4,
    /** Stop ARTIM. */
    AR_5,
    /** Hand on the data. */
    AR_6,
    /** Send P-DATA-TF. */
    AR_7,
    /** Tell of the release collision. */
    AR_8,
    /** Send A-RELEASE-RP. */
    AR_9,
    /** Tell that release is done. */
    AR_10,
    /** Send A-ABORT of source service user; start or restart ARTIM. */
    AA_1,
    /** Stop ARTIM; close. */
    AA_2,
    /** Tell that the peer aborted; close. */
    AA_3,
    /** Tell that the connection is lost. */
    AA_4,
    /** Stop ARTIM. */
    AA_5,
    /** Ignore the unit. */
    AA_6,
    /** Send A-ABORT. */
    AA_7,
    /** Send A-ABORT of source service provider; tell of it; start ARTIM. */
    AA_8
}
