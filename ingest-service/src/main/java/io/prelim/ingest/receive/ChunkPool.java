package io.prelim.ingest.receive;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Memory for objects that are coming in, over all doors: pieces of one size up to a limit. Some that come back are kept, so that a
 * steady stream of objects neither clears nor collects its memory again and again.
 */
final class ChunkPool {
    static final int CHUNK = 128 << 10;

    private final int limit;
    private final int kept;
    private final Deque<byte[]> idle = new ArrayDeque<>();
    private int taken;

    /** @param bytes at the same time, at most; an eighth of it is kept for those to come */
    ChunkPool(long bytes) {
        this.limit = (int) Math.min(Integer.MAX_VALUE, bytes / CHUNK);
        this.kept = limit / 8;
    }

    /** A piece whose content is anything, or null when all are taken. */
    synchronized byte[] take() {
        if (taken == limit) {
            return null;
        }
        taken++;
        byte[] chunk = idle.pollLast();
        return chunk != null ? chunk : new byte[CHUNK];
    }

    synchronized void giveBack(byte[] chunk) {
        taken--;
        if (idle.size() < kept) {
            idle.addLast(chunk);
        }
    }

    /** Bytes taken at this moment. */
    synchronized long used() {
        return (long) taken * CHUNK;
    }
}
