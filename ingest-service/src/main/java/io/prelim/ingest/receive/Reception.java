package io.prelim.ingest.receive;

/**
 * What a door knows of an object before its bytes.
 *
 * @param sender AE title or other name of the peer, as authenticated as the door can
 * @param sopClassUid as announced; the object's must be the same
 * @param sopInstanceUid as announced; the object's must be the same
 * @param studyInstanceUid the study it must be of, or null for any
 * @param transferSyntaxUid the bytes' syntax
 * @param fetched whether it may be here because we fetched it; whether its study was asked for, the index knows
 */
public record Reception(
        String sender,
        String sopClassUid,
        String sopInstanceUid,
        String studyInstanceUid,
        String transferSyntaxUid,
        boolean fetched) {
    /** Of an object that comes on its own. */
    public Reception(
            String sender,
            String sopClassUid,
            String sopInstanceUid,
            String studyInstanceUid,
            String transferSyntaxUid) {
        this(sender, sopClassUid, sopInstanceUid, studyInstanceUid, transferSyntaxUid, false);
    }
}
