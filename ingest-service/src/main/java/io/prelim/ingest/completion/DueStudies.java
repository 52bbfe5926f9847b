package io.prelim.ingest.completion;

import io.prelim.events.EventJson;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.StudyManifest;
import io.prelim.events.UnreadableEvent;
import io.prelim.ingest.assembly.DueStudy;
import io.prelim.ingest.assembly.StoredImage;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.index.PartIndex;
import io.prelim.ingest.index.StudyIdentityRow;
import io.prelim.ingest.index.StudyRow;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Claims due studies and reads what assembly decides over. */
@ApplicationScoped
class DueStudies {
    private static final String CLAIM = """
            update studies set claimed_until = clock_timestamp() + :seconds * interval '1 second'
            where study_key in (
                select study_key from studies
                where due_at <= clock_timestamp() and (claimed_until is null or claimed_until < clock_timestamp())
                order by due_at limit :batch
                for update skip locked)
            returning study_key
            """;
    private static final String IMAGES = """
            select cast(i.attributes as text), i.pixels_part, p.length, i.pixels_digest
            from instances i left join parts p on p.part_id = i.pixels_part
            where i.study_key = :study and i.image and not
            """ + PartIndex.TAKEN_BACK;
    private static final String REJECTED =
            "select exists (select 1 from instances i where i.study_key = :study and i.image and "
                    + PartIndex.TAKEN_BACK + ")";
    /** Only if nothing came since it was claimed: what came has moved due_at, and the study is looked at again then. */
    private static final String CLOSE = """
            update studies set revision = :revision, input_digest = :digest, due_at = null, claimed_until = null,
                ask_at = null, ask_until = null,
                assembled_arrivals = arrivals, completed_at = clock_timestamp()
            where study_key = :study and arrivals = :arrivals and revision = :before
            returning completed_at
            """;

    private static final String RELEASE = "update studies set claimed_until = null where study_key = :study";
    private static final String DEFER = """
            update studies set claimed_until = clock_timestamp() + interval '5 seconds'
            where study_key = :study and due_at is not null
            """;

    /** A claimed study, and what decides over it. */
    record Claimed(StudyRow row, DueStudy study) {}

    private final StatelessSession session;
    private final IngestConfig.Assembly config;

    DueStudies(StatelessSession session, IngestConfig config) {
        this.session = session;
        this.config = config.assembly();
    }

    List<UUID> claim() {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(CLAIM, UUID.class)
                        .setParameter("seconds", config.claim().toSeconds())
                        .setParameter("batch", config.batch())
                        .getResultList());
    }

    /** The row is read before the images, so that an image that comes between them shows in the arrivals. */
    Claimed load(UUID studyKey) {
        return QuarkusTransaction.requiringNew().call(() -> {
            StudyRow row = session.get(StudyRow.class, studyKey);
            List<StoredImage> images = new ArrayList<>();
            for (Object[] image : session.createNativeQuery(IMAGES, Object[].class)
                    .setParameter("study", studyKey)
                    .getResultList()) {
                images.add(image(image));
            }
            return new Claimed(
                    row, new DueStudy(studyKey, row.studyInstanceUid(), row.revision(), row.inputDigest(), images));
        });
    }

    /**
     * Within the caller's transaction.
     *
     * @return when, by the database's clock; null when instances came meanwhile
     */
    Instant close(StudyRow row, int revision, String inputDigest) {
        return session
                .createNativeQuery(CLOSE, Instant.class)
                .setParameter("revision", revision)
                .setParameter("digest", inputDigest, String.class)
                .setParameter("study", row.studyKey())
                .setParameter("arrivals", row.arrivals())
                .setParameter("before", row.revision())
                .getResultList()
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Whether an image of it was taken back; within the caller's transaction. */
    boolean rejected(UUID studyKey) {
        return session.createNativeQuery(REJECTED, Boolean.class)
                .setParameter("study", studyKey)
                .getSingleResult();
    }

    /** Within the caller's transaction. */
    StudyRow row(UUID studyKey) {
        return session.get(StudyRow.class, studyKey);
    }

    /** Within the caller's transaction. */
    StudyIdentityRow identity(UUID studyKey) {
        return session.get(StudyIdentityRow.class, studyKey);
    }

    void release(UUID studyKey) {
        QuarkusTransaction.requiringNew()
                .run(() -> session.createNativeMutationQuery(RELEASE)
                        .setParameter("study", studyKey)
                        .executeUpdate());
    }

    /** Looks at it again in a while; since when it is due stays known. */
    void defer(UUID studyKey) {
        QuarkusTransaction.requiringNew()
                .run(() -> session.createNativeMutationQuery(DEFER)
                        .setParameter("study", studyKey)
                        .executeUpdate());
    }

    private static StoredImage image(Object[] row) {
        try {
            StudyManifest.Image attributes =
                    EventJson.read(((String) row[0]).getBytes(StandardCharsets.UTF_8), StudyManifest.Image.class);
            PartReference pixels = row[1] == null
                    ? null
                    : new PartReference(
                            (UUID) row[1], PartClass.PIXELS, ((Number) row[2]).longValue(), (String) row[3]);
            return new StoredImage(attributes, pixels);
        } catch (UnreadableEvent e) {
            throw new IllegalStateException("an image's attributes are not what was written", e);
        }
    }
}
