package io.prelim.report.publish;

import io.prelim.report.store.Outbox;
import java.time.Duration;
import java.util.List;

/** What a relay needs of its outbox; the methods are {@link Outbox}'s. */
interface OutboxRows {
    List<Outbox.Row> claim(int limit, Duration claim);

    void done(List<Long> positions);

    void release(List<Long> positions);

    /** The database's. */
    static OutboxRows of(Outbox outbox, Outbox.Of kind) {
        return new OutboxRows() {
            @Override
            public List<Outbox.Row> claim(int limit, Duration claim) {
                return outbox.claim(kind, limit, claim);
            }

            @Override
            public void done(List<Long> positions) {
                outbox.done(kind, positions);
            }

            @Override
            public void release(List<Long> positions) {
                outbox.release(kind, positions);
            }
        };
    }
}
