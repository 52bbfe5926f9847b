package io.prelim.chaos.send;

/** What a sender was told of one parcel. */
public sealed interface Answer {
    /** Success: the sender may forget the object. */
    record Stored() implements Answer {}

    /**
     * Refused for good.
     *
     * @param status Cxxx, or a FailureReason, or an HTTP status
     */
    record Refused(int status) implements Answer {}

    /**
     * No answer, or one that asks to try again: nobody knows whether it is stored.
     *
     * @param why for people
     */
    record Unknown(String why) implements Answer {}

    /** Out of resources is no answer for good; everything else from A900 on is (PS3.4 table B.2-1). */
    static Answer ofStatus(int status) {
        if (status == 0 || (status & 0xF000) == 0xB000) {
            return new Stored();
        }
        return (status & 0xFF00) == 0xA700 || status < 0xA700
                ? new Unknown(String.format("status %04X", status))
                : new Refused(status);
    }
}
