package io.prelim.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A study is complete, or has a new revision. Pseudonymised: key {@link #studyKey}, topic {@link Topics#STUDY_RECEIVED}.
 *
 * @param studyKey    unique per issuer and StudyInstanceUID
 * @param revision    1 for the first complete state, then rising by one
 * @param inputDigest {@code sha256:} over the sorted SOP Instance UIDs and pixel digests; equal input, equal digest
 * @param site        the site whose policy applies
 * @param procedure   the mapped procedure code; null when unmapped
 * @param instances   number of images in this revision; 0 when it is withdrawn
 * @param series      at most {@value #MAX_SERIES}, sorted by series; the manifest holds every image
 * @param manifest    the {@link StudyManifest} part
 * @param receivedAt  when the first image came
 * @param completedAt when the study was found complete
 * @param withdrawn   true when all images that the study had were rejected, and what was said of them does not hold; else null
 * @param answered    ids of answers to earlier revisions that ledger and report hold, the newest {@value #MAX_ANSWERED} at most: what
 *                    is planned under one of them is not asked again; null when there are none
 * @param plan        what was planned for this revision, once that is known: it stays; null before
 * @param backfill    for topic {@link Topics#STUDY_BACKFILL}: the one model that is asked; else null
 */
public record StudyReceived(
        UUID studyKey,
        String studyInstanceUid,
        int revision,
        String inputDigest,
        Priority priority,
        String site,
        @Nullable Code procedure,
        @Nullable Subject subject,
        int instances,
        List<SeriesSummary> series,
        PartReference manifest,
        Instant receivedAt,
        Instant completedAt,
        @Nullable Boolean withdrawn,
        @Nullable List<UUID> answered,
        @Nullable AnalysisPlanned plan,
        @Nullable Backfill backfill)
        implements Event {
    /** So that the event stays far under 1 MiB whatever the study. */
    public static final int MAX_SERIES = 200;

    public static final int MAX_ANSWERED = 100;

    public StudyReceived {
        series = series == null ? List.of() : List.copyOf(series);
        answered = answered == null || answered.isEmpty() ? null : List.copyOf(answered);
    }

    /** A revision that has images, of which nothing is known yet. */
    public StudyReceived(
            UUID studyKey,
            String studyInstanceUid,
            int revision,
            String inputDigest,
            Priority priority,
            String site,
            @Nullable Code procedure,
            @Nullable Subject subject,
            int instances,
            List<SeriesSummary> series,
            PartReference manifest,
            Instant receivedAt,
            Instant completedAt) {
        this(
                studyKey,
                studyInstanceUid,
                revision,
                inputDigest,
                priority,
                site,
                procedure,
                subject,
                instances,
                series,
                manifest,
                receivedAt,
                completedAt,
                null,
                null,
                null,
                null);
    }

    /** The same, and what was planned for it. */
    public StudyReceived withPlan(AnalysisPlanned known) {
        return new StudyReceived(
                studyKey,
                studyInstanceUid,
                revision,
                inputDigest,
                priority,
                site,
                procedure,
                subject,
                instances,
                series,
                manifest,
                receivedAt,
                completedAt,
                withdrawn,
                answered,
                known,
                backfill);
    }

    /** The same for one model alone, without haste. */
    public StudyReceived backfilled(Backfill asked, List<UUID> known) {
        return new StudyReceived(
                studyKey,
                studyInstanceUid,
                revision,
                inputDigest,
                Priority.ROUTINE,
                site,
                procedure,
                subject,
                instances,
                series,
                manifest,
                receivedAt,
                completedAt,
                withdrawn,
                known,
                null,
                asked);
    }

    /**
     * A command that one more model answers studies of the past.
     *
     * @param id    of the command
     * @param model a deployment's name, or the {@code sha256:} of a model file
     */
    public record Backfill(UUID id, String model) {}

    @Override
    public String key() {
        return studyKey.toString();
    }
}
