package io.prelim.store;

import java.io.IOException;

/** Is told what a walk through the log finds, in the log's order. What it throws ends the walk. */
public interface LogVisitor {
    /** A segment is about to be walked; nothing of it has been read. */
    default void begins(long segment) throws IOException {}

    /** A whole record: its header and its length hold, and its digest where the walk looks at contents. */
    void part(StoredPart part) throws IOException;

    /** A record whose header holds and whose content is not what it says; stepped over. */
    default void damaged(StoredPart part) throws IOException {}

    /** A segment has been walked to its end. */
    default void walked(WalkedSegment segment) throws IOException {}
}
