package io.prelim.ingest.orders;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Forgets orders, patients and signed reports that no study here has to do with, some time after they last changed: an order whose
 * images went elsewhere names a patient all the same. What a study has to do with goes with it: {@link OrderErasure}.
 */
@ApplicationScoped
class OrderRetention {
    private static final Logger LOG = Logger.getLogger(OrderRetention.class);

    /** Of each, in one transaction, for nobody matches meanwhile. */
    private static final int BATCH = 500;

    private static final String ORDERS = """
            select o.order_key from orders o where o.changed_at < clock_timestamp() - make_interval(secs => :age)
                and not exists (select 1 from study_orders so where so.order_key = o.order_key)
            order by o.changed_at limit :batch
            """;
    /** Nobody's whom an order, a study or a signed report names by any of their ids. */
    private static final String PATIENTS = """
            select p.patient_key from patients p where p.changed_at < clock_timestamp() - make_interval(secs => :age)
                and not exists (select 1 from study_identity i where i.patient_id = p.patient_id)
                and not exists (select 1 from orders o where o.patient_key = p.patient_key)
                and not exists (select 1 from signed_reports r where r.patient_key = p.patient_key)
            order by p.changed_at limit :batch
            """;

    private static final String REPORTS = """
            select r.report_id from signed_reports r where r.received_at < clock_timestamp() - make_interval(secs => :age)
                and not exists (select 1 from study_signed_reports t where t.report_id = r.report_id)
            order by r.received_at limit :batch
            """;
    /** What was told of an order or a patient says who it is. What waits for the broker is not forgotten. */
    private static final String TOLD = "delete from outbox where study_key in (:keys) and settled_at is not null";

    private final StatelessSession session;
    private final StudyOrders studyOrders;
    private final Duration keep;

    OrderRetention(StatelessSession session, StudyOrders studyOrders, IngestConfig config) {
        this.session = session;
        this.studyOrders = studyOrders;
        this.keep = config.orders().keep();
    }

    @Scheduled(every = "10m", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void look() {
        studyOrders.holdAlone();
        int orders = forget(ORDERS, "delete from orders where order_key in (:keys)", TOLD);
        int reports = forget(REPORTS, "delete from signed_reports where report_id in (:keys)");
        // after whatever names them
        int patients = forget(PATIENTS, "delete from patients where patient_key in (:keys)", TOLD);
        if (orders + patients + reports > 0) {
            OperatorMessage.CLINICAL_FORGOTTEN.log(
                    LOG, "orders", orders, "patients", patients, "signedReports", reports);
        }
    }

    private int forget(String which, String... statements) {
        List<UUID> keys = session.createNativeQuery(which, UUID.class)
                .setParameter("age", keep.toMillis() / 1000.0)
                .setParameter("batch", BATCH)
                .getResultList();
        if (!keys.isEmpty()) {
            for (String statement : statements) {
                session.createNativeMutationQuery(statement)
                        .setParameterList("keys", keys)
                        .executeUpdate();
            }
        }
        return keys.size();
    }
}
