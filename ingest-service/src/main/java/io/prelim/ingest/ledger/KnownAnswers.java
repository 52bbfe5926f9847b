package io.prelim.ingest.ledger;

import io.prelim.events.StudyReceived;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Answers that need not be asked for again, as ledger and report hold them. */
@ApplicationScoped
public class KnownAnswers {
    /** What drafts must be in a report; a failure may have passed. */
    private static final String KNOWN = """
            select a.outcome_id from answers a
            where a.study_key = :study and a.status in ('FINDINGS', 'NOT_APPLICABLE')
                and (a.role = 'SHADOW' or exists (select 1 from reported_outcomes r where r.outcome_id = a.outcome_id))
            order by a.answered_at desc, a.outcome_id limit :limit
            """;

    private final StatelessSession session;

    KnownAnswers(StatelessSession session) {
        this.session = session;
    }

    /** Ids of the newest answers for a study, at most {@link StudyReceived#MAX_ANSWERED}. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<UUID> of(UUID studyKey) {
        return session.createNativeQuery(KNOWN, UUID.class)
                .setParameter("study", studyKey)
                .setParameter("limit", StudyReceived.MAX_ANSWERED)
                .getResultList();
    }

    /** A report names these, whether or not the ledger has them yet. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void reported(Collection<UUID> outcomeIds) {
        // in one order everywhere, so that two reports of the same answers do not wait for each other
        outcomeIds.stream()
                .distinct()
                .sorted()
                .forEach(id -> session.createNativeMutationQuery(
                                "insert into reported_outcomes (outcome_id) values (:id) on conflict do nothing")
                        .setParameter("id", id)
                        .executeUpdate());
    }
}
