package io.prelim.ingest.receive;

/**
 * What a door knows of an object before its bytes.
 *
 * @param sender AE title or other name of the peer, as authenticated as the door can
 * @param sopClassUid as announced
 * @param sopInstanceUid as announced
 * @param transferSyntaxUid the bytes' syntax
 */
public record Reception(String sender, String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {}
