package io.prelim.ingest.orders;

import io.prelim.events.Code;
import io.prelim.events.OrderReference;
import io.prelim.events.Phi;
import io.prelim.events.Priority;
import io.prelim.ingest.ledger.Fact;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.orders.Matching.State;
import io.prelim.ingest.orders.Matching.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Which orders a study was made for, and what they say of it. Decided when the study is complete and whenever an order or a patient
 * changes, each time anew and as a whole, so that it does not matter what came first.
 */
@ApplicationScoped
public class StudyOrders {
    private static final Logger LOG = Logger.getLogger(StudyOrders.class);

    /** Held by completions together, and by whoever changes orders or patients alone: neither misses what the other adds. */
    private static final int LOCK = 0x5052_4502;

    private static final String KEEP = """
            insert into study_orders as s (study_key, order_key, state, differs)
            values (:study, :order, :state, :differs)
            on conflict (study_key, order_key) do update set state = excluded.state, differs = excluded.differs,
                decided_at = clock_timestamp()
            where s.state <> excluded.state or s.differs <> excluded.differs
            """;
    private static final String FORGET = """
            delete from study_orders where study_key = :study and order_key not in (:orders)
            """;
    private static final String PROCEDURE = """
            update study_identity set procedure_scheme = :scheme, procedure_value = :value, procedure_meaning = :meaning
            where study_key = :study and (procedure_scheme, procedure_value, procedure_meaning)
                is distinct from (cast(:scheme as text), cast(:value as text), cast(:meaning as text))
            """;
    private static final String UPGRADE =
            "update studies set priority = 'STAT' where study_key = :study and priority <> 'STAT'";

    private static final UUID NONE = new UUID(0, 0);

    /**
     * What the orders that match say of a study.
     *
     * @param orders     the latest first; empty when none matches
     * @param indication of the latest that has one, or null
     * @param upgraded   whether the study became urgent by them just now
     */
    public record Said(List<OrderReference> orders, Phi<String> indication, boolean upgraded) {
        private static final Said NOTHING = new Said(List.of(), null, false);
    }

    private final StatelessSession session;
    private final OrderRows orders;
    private final Comparison comparison;
    private final Procedures procedures;
    private final Ledger ledger;

    StudyOrders(
            StatelessSession session, OrderRows orders, Comparison comparison, Procedures procedures, Ledger ledger) {
        this.session = session;
        this.orders = orders;
        this.comparison = comparison;
        this.procedures = procedures;
        this.ledger = ledger;
    }

    /** From here to the transaction's end no order or patient changes; before anything else of the transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void hold() {
        lock("pg_advisory_xact_lock_shared");
    }

    /** From here to the transaction's end nobody matches or changes orders. */
    void holdAlone() {
        lock("pg_advisory_xact_lock");
    }

    private void lock(String function) {
        session.createNativeQuery("select 1 from (select " + function + "(:lock)) l", Integer.class)
                .setParameter("lock", LOCK)
                .getSingleResult();
    }

    /** Matches a study anew; its priority, its mapped procedure and its matches are as the answer says. After {@link #hold}. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Said match(UUID studyKey) {
        Comparison.Study study = comparison.study(studyKey).orElse(null);
        if (study == null) {
            return Said.NOTHING;
        }
        List<OrderRows.Related> related = orders.related(
                study.uid(), study.side().accessionIssuer(), study.side().accessionNumber());
        List<OrderRows.Related> matched = related.stream()
                .filter(order -> keep(study, order) == State.MATCHED)
                .toList();
        session.createNativeMutationQuery(FORGET)
                .setParameter("study", studyKey)
                .setParameter(
                        "orders",
                        related.isEmpty()
                                ? List.of(NONE)
                                : related.stream()
                                        .map(each -> each.reference().orderKey())
                                        .toList())
                .executeUpdate();
        procedure(studyKey, matched);
        boolean stat = matched.stream().anyMatch(order -> order.priority() == Priority.STAT);
        boolean upgraded = stat
                && session.createNativeMutationQuery(UPGRADE)
                                .setParameter("study", studyKey)
                                .executeUpdate()
                        > 0;
        if (upgraded) {
            ledger.record(studyKey, 0, Fact.PRIORITY, "stat, by its order", "priority:STAT", null);
        }
        return new Said(
                matched.stream().map(OrderRows.Related::reference).toList(),
                matched.stream()
                        .map(OrderRows.Related::indication)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                upgraded);
    }

    private State keep(Comparison.Study study, OrderRows.Related order) {
        Comparison.Result result = comparison.compare(order.side(), order.patientKey(), study);
        Verdict verdict = result.verdict();
        UUID studyKey = study.key();
        UUID orderKey = order.reference().orderKey();
        String differs = verdict.differing();
        boolean changed = session.createNativeMutationQuery(KEEP)
                        .setParameter("study", studyKey)
                        .setParameter("order", orderKey)
                        .setParameter("state", verdict.state().name())
                        .setParameter("differs", differs)
                        .executeUpdate()
                > 0;
        if (changed) {
            tell(studyKey, orderKey, verdict.state(), result.merged(), differs);
        }
        return verdict.state();
    }

    private void tell(UUID studyKey, UUID orderKey, State state, boolean merged, String differs) {
        String detail =
                switch (state) {
                    case MATCHED -> merged ? "order matched, by a merge of patients" : "order matched";
                    case UNCONFIRMED -> "order not confirmed to be of this patient; nothing of it is used";
                    case DIFFERS -> "order differs in " + differs + "; nothing of it is used";
                };
        // what is decided again after something else was is another fact
        ledger.record(studyKey, 0, Fact.ORDER, detail, "order:" + orderKey + ":" + UUID.randomUUID(), null);
        if (state != State.MATCHED) {
            OperatorMessage.ORDER_DIFFERS.log(
                    LOG, "studyKey", studyKey, "orderKey", orderKey, "state", state, "differs", differs);
        }
    }

    private void procedure(UUID studyKey, List<OrderRows.Related> matched) {
        Code code = matched.stream()
                .map(order -> order.reference().procedure())
                .filter(Objects::nonNull)
                .map(procedures::of)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        session.createNativeMutationQuery(PROCEDURE)
                .setParameter("scheme", code == null ? null : code.scheme(), String.class)
                .setParameter("value", code == null ? null : code.value(), String.class)
                .setParameter("meaning", code == null ? null : code.meaning(), String.class)
                .setParameter("study", studyKey)
                .executeUpdate();
    }
}
