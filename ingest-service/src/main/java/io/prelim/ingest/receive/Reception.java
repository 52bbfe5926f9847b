package io.prelim.ingest.receive;

/**
 * What a door knows of an object before its bytes.
 *
 * @param sender AE title or other name of the peer, as authenticated as the door can
 * @param sopClassUid as announced; the object's must be the same
 * @param sopInstanceUid as announced; the object's must be the same
 * @param studyInstanceUid the study it must be of, or null for any
 * @param transferSyntaxUid the bytes' syntax
 */
public record Reception(
        String sender, String sopClassUid, String sopInstanceUid, String studyInstanceUid, String transferSyntaxUid) {
    /** Of an object of any study. */
    public Reception(String sender, String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {
        this(sender, sopClassUid, sopInstanceUid, null, transferSyntaxUid);
    }
}
