package io.prelim.ingest.index;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Forgets what is stored of a study. Its bytes are then nobody's, and go with their segments. */
@ApplicationScoped
public class StudyContents {
    /** Rows that hang on others go first. */
    private static final List<String> FORGET = List.of(
            "delete from header_versions v using instances i where i.study_key = :study and v.issuer = i.issuer"
                    + " and v.sop_instance_uid = i.sop_instance_uid",
            "delete from instances where study_key = :study",
            "delete from series where study_key = :study",
            "delete from quarantine where study_key = :study",
            "delete from announcements where study_key = :study",
            "delete from parts where study_key = :study");
    /** Who the study is about, wherever it stands. */
    private static final List<String> FORGET_IDENTITY = List.of(
            "delete from study_identity where study_key = :study",
            "delete from study_orders where study_key = :study",
            "delete from outbox where study_key = :study");

    private final StatelessSession session;

    StudyContents(StatelessSession session) {
        this.session = session;
    }

    /** Instances, what was kept aside, and all parts. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void forget(UUID studyKey) {
        execute(FORGET, studyKey);
    }

    /** The patient's identity, and what was to be told or has been. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void forgetIdentity(UUID studyKey) {
        execute(FORGET_IDENTITY, studyKey);
    }

    private void execute(List<String> statements, UUID studyKey) {
        statements.forEach(statement -> session.createNativeMutationQuery(statement)
                .setParameter("study", studyKey)
                .executeUpdate());
    }
}
