package io.prelim.store.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Objects by key, kept elsewhere. Keys are digits, letters, {@code -} and {@code /}. Safe for use by many threads.
 *
 * <p>Each method fails with a {@link CopyFailed} when the store is not reached, refuses, or does not answer in time.
 */
public interface CopyStore extends AutoCloseable {
    /** @param bytes of the object */
    record Entry(String key, long bytes) {}

    /**
     * Keeps an object; durable when this returns. The same key with the same bytes again is no fault.
     *
     * @param content from its position to its limit, which stay as they are
     * @param patience after which it has failed
     */
    void put(String key, ByteBuffer content, Duration patience) throws IOException;

    /**
     * Fills a buffer with an object.
     *
     * @param target takes the object from its position on
     * @return whether there is an object of just as many bytes as the buffer has room for
     */
    boolean get(String key, ByteBuffer target) throws IOException;

    /**
     * Objects whose keys begin so, in the order of their keys.
     *
     * @param after keys up to this one are left out; empty for none
     * @param limit most that are wanted
     */
    List<Entry> list(String prefix, String after, int limit) throws IOException;

    /** What stands before the first {@code /} of each key, each once. */
    List<String> folders() throws IOException;

    /** Deletes objects; what is not there is no fault. */
    void delete(Collection<String> keys) throws IOException;

    @Override
    void close();
}
