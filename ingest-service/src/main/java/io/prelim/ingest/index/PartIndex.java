package io.prelim.ingest.index;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Finds and adds parts. */
@ApplicationScoped
public class PartIndex {
    private final StatelessSession session;

    PartIndex(StatelessSession session) {
        this.session = session;
    }

    @Transactional
    public Optional<PartRow> find(UUID partId) {
        return Optional.ofNullable(session.get(PartRow.class, partId));
    }

    /** Within the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(PartRow part) {
        session.insert(part);
    }
}
