package io.prelim.ingest.index;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * Whether the database still has every index row that it said was committed. One that is set up to commit without a sync and crashes,
 * or a standby that takes over and had not heard of the last commits, has lost some. The witness is a row of an unlogged table, which
 * PostgreSQL empties exactly then: while it stands, all that was committed since it was placed is there.
 */
@ApplicationScoped
public class IndexWitness {
    /** Of a statement: holds while the row that parameter {@code witness} names is there. */
    public static final String STANDS = "exists (select 1 from index_witness where witness = :witness)";

    private static final UUID NONE = new UUID(0, 0);

    private final StatelessSession session;
    private UUID placed = NONE;
    private volatile UUID trusted = NONE;

    IndexWitness(StatelessSession session) {
        this.session = session;
    }

    /** A new one. It vouches for nothing until it is {@linkplain #trust trusted}. */
    public synchronized void place() {
        trusted = NONE;
        placed = UUID.randomUUID();
        QuarkusTransaction.requiringNew().run(() -> {
            session.createNativeMutationQuery("delete from index_witness").executeUpdate();
            session.createNativeMutationQuery("insert into index_witness (witness) values (:witness)")
                    .setParameter("witness", placed)
                    .executeUpdate();
        });
    }

    /** Once what lay in the log when it was placed is indexed. */
    public synchronized void trust() {
        trusted = placed;
    }

    public boolean stands() {
        return QuarkusTransaction.requiringNew().call(this::standsNow);
    }

    /** Within the caller's transaction. */
    public boolean standsNow() {
        return session.createNativeQuery("select " + STANDS, Boolean.class)
                .setParameter("witness", trusted)
                .getSingleResult();
    }

    /** Parameter {@code witness} of a statement with {@link #STANDS}. */
    public UUID trusted() {
        return trusted;
    }
}
