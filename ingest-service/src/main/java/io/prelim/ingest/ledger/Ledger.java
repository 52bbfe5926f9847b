package io.prelim.ingest.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
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
     * Enters a fact of now in the caller's transaction; the same fact again changes nothing.
     *
     * @param studyKey a study that is stored
     * @param detail   for people, one line, no identity
     * @param source   what was seen, such as the event's id: with study, revision and stage it makes the fact
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(UUID studyKey, int revision, Stage stage, String detail, String source) {
        record(studyKey, revision, Fact.of(stage), detail, source, null);
    }

    /**
     * The same of what may move no stage, and was so before.
     *
     * @param at when, by the clock of who did it; null for now
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(UUID studyKey, int revision, Fact fact, String detail, String source, Instant at) {
        session.createNativeMutationQuery(
                        "insert into ledger (study_key, revision, stage, fact, detail, source, at, told_at) values"
                                + " (:studyKey, :revision, :stage, :fact, :detail, :source, clock_timestamp(), :at) on"
                                + " conflict (study_key, revision, fact, source) do nothing")
                .setParameter("studyKey", studyKey)
                .setParameter("revision", revision)
                .setParameter(
                        "stage", fact.stage() == null ? null : fact.stage().name(), String.class)
                .setParameter("fact", fact.name())
                .setParameter("detail", detail)
                .setParameter("source", source)
                .setParameter("at", at, Instant.class)
                .executeUpdate();
    }
}
