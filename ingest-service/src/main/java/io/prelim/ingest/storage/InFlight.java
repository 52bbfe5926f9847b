package io.prelim.ingest.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeSet;

/**
 * What is being appended and is not indexed yet. Bytes without an index row are nobody's only when nobody is about to write it:
 * whoever appends holds a ticket from before the append until the database has answered. Safe for use by many threads.
 */
@ApplicationScoped
public class InFlight {
    /** Held by whoever appends; closing it twice is no fault. */
    public interface Ticket extends AutoCloseable {
        @Override
        void close();
    }

    private final TreeSet<Long> open = new TreeSet<>();
    private long issued;

    public synchronized Ticket enter() {
        long number = issued++;
        open.add(number);
        return () -> end(number);
    }

    private synchronized void end(long number) {
        open.remove(number);
    }

    /** A mark that stands for all tickets issued so far. */
    public synchronized long mark() {
        return issued;
    }

    /** Whether every ticket issued before the mark is closed. */
    public synchronized boolean endedBefore(long mark) {
        return open.isEmpty() || open.first() >= mark;
    }
}
