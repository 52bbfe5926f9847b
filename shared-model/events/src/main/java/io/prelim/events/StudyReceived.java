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
 * @param series      at most {@value #MAX_SERIES}; the manifest holds them all
 * @param manifest    the {@link StudyManifest} part
 * @param receivedAt  when the first image came
 * @param completedAt when the study was found complete
 * @param withdrawn   true when all images that the study had were rejected, and what was said of them does not hold; else null
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
        @Nullable Boolean withdrawn)
        implements Event {
    /** So that the event stays far under 1 MiB whatever the study. */
    public static final int MAX_SERIES = 200;

    public StudyReceived {
        series = series == null ? List.of() : List.copyOf(series);
    }

    /** A revision that has images. */
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
                null);
    }

    @Override
    public String key() {
        return studyKey.toString();
    }
}
