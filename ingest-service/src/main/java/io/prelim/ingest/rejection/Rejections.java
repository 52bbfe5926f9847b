package io.prelim.ingest.rejection;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.ledger.Ledger;
import io.prelim.ingest.ledger.Stage;
import io.prelim.ingest.notice.OperatorMessage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Has studies looked at again whose instances were taken back, or came again. That an instance is taken back follows from the note's row
 * alone, whichever came first; here it only begins to show.
 */
@ApplicationScoped
public class Rejections {
    private static final Logger LOG = Logger.getLogger(Rejections.class);
    private static final String NEW = "select distinct study_key from rejections where applied_at is null limit 64";
    private static final String LOCK = "select revision from studies where study_key = :study for update";
    private static final String APPLY = """
            with applied as (
                update rejections set applied_at = clock_timestamp()
                where study_key = :study and applied_at is null
                returning issuer, sop_instance_uid, code, note_uid, lifted_at
            )
            select a.code, a.note_uid, a.lifted_at is not null, count(*), count(*) filter (where i.image)
            from applied a join instances i on i.issuer = a.issuer and i.sop_instance_uid = a.sop_instance_uid
                and i.study_key = :study
            group by 1, 2, 3 order by 2
            """;
    /** What is assembled of it just now does not become a revision; a prior stays one. */
    private static final String LOOK_AGAIN = """
            update studies set arrivals = arrivals + 1,
                due_at = case when prior_since is null then coalesce(due_at, clock_timestamp()) end
            where study_key = :study
            """;

    private final StatelessSession session;
    private final Ledger ledger;
    private final MeterRegistry meters;

    Rejections(StatelessSession session, Ledger ledger, MeterRegistry meters) {
        this.session = session;
        this.ledger = ledger;
        this.meters = meters;
    }

    /** Looks for notes that came since the last look; a transaction for each study. */
    public void look() {
        List<UUID> studies = QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(NEW, UUID.class).getResultList());
        for (UUID study : studies) {
            QuarkusTransaction.requiringNew().run(() -> apply(study));
        }
    }

    private void apply(UUID study) {
        List<Integer> revision = session.createNativeQuery(LOCK, Integer.class)
                .setParameter("study", study)
                .getResultList();
        long images = 0;
        for (Object[] row : session.createNativeQuery(APPLY, Object[].class)
                .setParameter("study", study)
                .getResultList()) {
            boolean lifted = (Boolean) row[2];
            long instances = ((Number) row[3]).longValue();
            images += ((Number) row[4]).longValue();
            for (Integer last : revision) {
                ledger.record(
                        study,
                        last,
                        Stage.RECEIVING,
                        "instances " + (lifted ? "sent again after they were " : "") + Title.text((String) row[0])
                                + ": " + instances,
                        "ko:" + row[1] + (lifted ? ":lifted" : ""));
            }
            meters.counter(
                            "prelim.ingest.rejected.instances",
                            "code",
                            (String) row[0],
                            "event",
                            lifted ? "lifted" : "rejected")
                    .increment(instances);
            OperatorMessage.INSTANCES_REJECTED.log(
                    LOG, "studyKey", study, "code", row[0], "instances", instances, "lifted", lifted);
        }
        if (images > 0) {
            session.createNativeMutationQuery(LOOK_AGAIN)
                    .setParameter("study", study)
                    .executeUpdate();
        }
    }
}
