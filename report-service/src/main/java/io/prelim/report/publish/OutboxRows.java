package io.prelim.report.publish;

import io.prelim.report.store.Outbox;
import java.time.Duration;
import java.util.List;

/** What the relay needs of the outbox; the methods are {@link Outbox}'s. */
interface OutboxRows {
    List<Outbox.Row> claim(int limit, Duration claim);

    void done(List<Long> positions);

    void release(List<Long> positions);

    /** The database's. */
    static OutboxRows of(Outbox outbox) {
        return new OutboxRows() {
            @Override
            public List<Outbox.Row> claim(int limit, Duration claim) {
                return outbox.claim(limit, claim);
            }

            @Override
            public void done(List<Long> positions) {
                outbox.done(positions);
            }

            @Override
            public void release(List<Long> positions) {
                outbox.release(positions);
            }
        };
    }
}
