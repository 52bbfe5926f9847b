package io.prelim.ingest.recovery;

import io.prelim.ingest.index.IndexOutcome;

/** What a recovery found and did. For one thread. */
final class RecoveryCounts {
    long records;
    long objects;
    long known;
    long added;
    long again;
    long keptAside;
    long erased;
    long refused;
    long damagedRecords;
    long damagedRows;

    void count(IndexOutcome outcome) {
        if (outcome instanceof IndexOutcome.Added) {
            added++;
        } else if (outcome instanceof IndexOutcome.OtherPixels) {
            keptAside++;
        } else {
            again++;
        }
    }

    /** As key-values of a message. */
    Object[] keyValues(Object... more) {
        Object[] own = {
            "records", records,
            "objects", objects,
            "known", known,
            "added", added,
            "again", again,
            "keptAside", keptAside,
            "erased", erased,
            "refused", refused,
            "damagedRecords", damagedRecords,
            "damagedRows", damagedRows
        };
        Object[] all = new Object[own.length + more.length];
        System.arraycopy(more, 0, all, 0, more.length);
        System.arraycopy(own, 0, all, more.length, own.length);
        return all;
    }
}
