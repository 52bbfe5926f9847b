package io.prelim.ingest.publish;

import java.util.List;

/** Takes rows to the broker. For one thread. */
interface Sender extends AutoCloseable {
    /**
     * Sends rows of different studies side by side and waits until each is acknowledged or has failed, for a bounded time.
     *
     * @return one delivery a row, in the same order
     */
    List<Delivery> send(List<OutboxRow> rows);

    @Override
    void close();
}
