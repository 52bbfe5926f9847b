package io.prelim.ingest.index;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Finds and adds parts. */
@ApplicationScoped
public class PartIndex {
    /**
     * That instance i is taken back, as one of its own study, for use in statements. What was taken back for its age and came anew is an image as any other.
     */
    public static final String TAKEN_BACK = """
            exists (select 1 from rejections r where r.issuer = i.issuer and r.sop_instance_uid = i.sop_instance_uid
                and r.study_key = i.study_key and r.lifted_at is null and (r.code <> '113039' or i.received_at <= r.rejected_at))
            """;

    private static final String REJECTED = """
            select exists (select 1 from rejections n
                join instances i on i.issuer = n.issuer and i.sop_instance_uid = n.sop_instance_uid
                where n.study_key = :study and (i.pixels_part = :part or i.header_part = :part) and
            """ + TAKEN_BACK + ")";

    private final StatelessSession session;

    PartIndex(StatelessSession session) {
        this.session = session;
    }

    @Transactional
    public Optional<PartRow> find(UUID partId) {
        return Optional.ofNullable(session.get(PartRow.class, partId));
    }

    /** Whether it is of an instance that was taken back. */
    @Transactional
    public boolean rejected(PartRow part) {
        return session.createNativeQuery(REJECTED, Boolean.class)
                .setParameter("study", part.studyKey())
                .setParameter("part", part.reference().partId())
                .getSingleResult();
    }

    /** Within the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(PartRow part) {
        session.insert(part);
    }
}
