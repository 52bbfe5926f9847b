package io.prelim.dicom.net.dimse;

import io.prelim.dicom.core.Uid;

/** The query/retrieve information models (PS3.4 annex C.6) and their SOP classes. */
public enum InformationModel {
    PATIENT_ROOT(Uid.PATIENT_ROOT_QUERY_RETRIEVE_FIND, Uid.PATIENT_ROOT_QUERY_RETRIEVE_MOVE),
    STUDY_ROOT(Uid.STUDY_ROOT_QUERY_RETRIEVE_FIND, Uid.STUDY_ROOT_QUERY_RETRIEVE_MOVE);

    private final String find;
    private final String move;

    InformationModel(String find, String move) {
        this.find = find;
        this.move = move;
    }

    /** The SOP class of C-FIND. */
    public String find() {
        return find;
    }

    /** The SOP class of C-MOVE. */
    public String move() {
        return move;
    }
}
