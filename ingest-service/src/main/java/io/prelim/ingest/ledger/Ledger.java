package io.prelim.ingest.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Enters what happened. Entries are only ever added; which stage a study is at follows from them, in whatever order they came. */
@ApplicationScoped
public class Ledger {
    private final StatelessSession session;

    Ledger(StatelessSession session) {
        this.session = session;
    }

    /**
     * Enters a fact in the caller's transaction; the same fact again changes nothing.
     *
     * @param studyKey a study that is stored
     * @param detail   for people, one line, no identity
     * @param source   what was seen, such as the event's id: with study, revision and stage it makes the fact
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(UUID studyKey, int revision, Stage stage, String detail, String source) {
        session.createNativeMutationQuery("insert into ledger (study_key, revision, stage, detail, source, at)"
                        + " values (:studyKey, :revision, :stage, :detail, :source, clock_timestamp())"
                        + " on conflict (study_key, revision, stage, source) do nothing")
                .setParameter("studyKey", studyKey)
                .setParameter("revision", revision)
                .setParameter("stage", stage.name())
                .setParameter("detail", detail)
                .setParameter("source", source)
                .executeUpdate();
    }
}
