package io.prelim.store.copy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Is told what becomes of a second copy, on its threads: nothing slow may be done here. */
public interface CopyWatch {
    /** The copy is in reach for the first time, and takes what is appended. */
    void opened(UUID id);

    /** A new log has got its name; other logs' copies lie beside. */
    void besideOthers(UUID id, List<String> others);

    /** An object was put. */
    void put(long bytes, Duration took);

    /** One try to put, list or delete failed. */
    void failed(String reason);

    /** From now on appends are refused. */
    void away(String reason);

    /** From now on they are taken again. */
    void back();

    /** The log has what the copy lacks. */
    void behind(long segment, long bytes);

    /** The copy has all of the log. */
    void caughtUp();

    /** The volume does not give bytes that the copy lacks; they stay without. */
    void unreadable(long segment, long from, long to, String reason);

    /** Nothing of a dropped segment is in the copy any more. */
    void deleted(long segment);
}
