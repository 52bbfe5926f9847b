package io.prelim.ingest.orders;

import io.prelim.events.EventJson;
import io.prelim.events.Priority;
import io.prelim.events.StudyReceived;
import io.prelim.events.Topics;
import io.prelim.events.UnreadableEvent;
import io.prelim.ingest.index.StudyIdentityRow;
import io.prelim.ingest.index.StudyRow;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.publish.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Matches the studies of orders and patients that changed, and tells again what was told of them and is no longer so: the patient's
 * context; a study that became urgent, so that its jobs travel on the other lane too, and whoever reads its report sees it; and
 * what was signed of them, where that is known to be theirs only now.
 */
@ApplicationScoped
class Corrections {
    private static final Logger LOG = Logger.getLogger(Corrections.class);

    /** What has gone is not told of again. */
    private static final String STUDIES = """
            select f.study_key from (
                select s.study_key from studies s
                join orders o on o.study_instance_uid = s.study_instance_uid where o.order_key = :order
                union
                select i.study_key from study_identity i
                join orders o on o.accession_number = i.accession_number where o.order_key = :order
                union
                select study_key from study_orders where order_key = :order) f
            where exists (select 1 from instances n where n.study_key = f.study_key)
            order by 1
            """;

    private final StatelessSession session;
    private final StudyOrders studyOrders;
    private final SignedReports signedReports;
    private final Outbox outbox;

    Corrections(StatelessSession session, StudyOrders studyOrders, SignedReports signedReports, Outbox outbox) {
        this.session = session;
        this.studyOrders = studyOrders;
        this.signedReports = signedReports;
        this.outbox = outbox;
    }

    /** Studies that are here and that reports or orders of a patient have to do with, whichever of these keys they name. */
    Set<UUID> studies(List<UUID> patientKeys, List<UUID> orderKeys) {
        Set<UUID> studies = new TreeSet<>(signedReports.studies(patientKeys));
        orderKeys.forEach(order -> studies.addAll(studies(order)));
        return studies;
    }

    /** Studies that are here and that an order has, or had, to do with, in the order of their keys. */
    List<UUID> studies(UUID orderKey) {
        return session.createNativeQuery(STUDIES, UUID.class)
                .setParameter("order", orderKey)
                .getResultList();
    }

    /** @param at when what changed was told */
    void correct(UUID studyKey, Instant at) {
        StudyOrders.Said said = studyOrders.match(studyKey);
        StudyRow study = session.get(StudyRow.class, studyKey);
        if (study.revision() == 0) {
            return; // its first revision will say so
        }
        StudyIdentityRow identity = session.get(StudyIdentityRow.class, studyKey);
        outbox.correct(
                studyKey,
                study.revision(),
                Topics.PATIENT_CONTEXT,
                identity.context(study.studyInstanceUid(), study.revision(), said.indication(), said.orders()),
                at);
        if (said.upgraded()) {
            upgrade(study, identity, at);
        }
        signedReports.tell(studyKey);
    }

    /** Its draft may be there and unread: its report becomes urgent too. */
    private void upgrade(StudyRow study, StudyIdentityRow identity, Instant at) {
        outbox.told(study.studyKey(), study.revision(), Topics.STUDY_RECEIVED).ifPresent(told -> {
            StudyReceived before = received(told);
            StudyReceived now = new StudyReceived(
                    before.studyKey(),
                    before.studyInstanceUid(),
                    before.revision(),
                    before.inputDigest(),
                    Priority.STAT,
                    before.site(),
                    identity.procedure(),
                    before.subject(),
                    before.instances(),
                    before.series(),
                    before.manifest(),
                    before.receivedAt(),
                    before.completedAt(),
                    before.withdrawn(),
                    before.answered(),
                    before.plan(),
                    null);
            outbox.correct(study.studyKey(), study.revision(), Topics.STUDY_RECEIVED, now, at);
            OperatorMessage.STUDY_UPGRADED.log(LOG, "studyKey", study.studyKey(), "revision", study.revision());
        });
    }

    private static StudyReceived received(byte[] told) {
        try {
            return EventJson.read(told, StudyReceived.class);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("an outbox row is not what was written", e);
        }
    }
}
