package io.prelim.events;

import org.jspecify.annotations.Nullable;

/**
 * The images of one series that say the same of themselves, as the planner sees them: a series whose images differ in what is told
 * here has an entry for each kind. Null where the images do not say.
 *
 * @param modality      (0008,0060)
 * @param bodyPart      (0018,0015)
 * @param viewPosition  (0018,5101)
 * @param laterality    (0020,0060)
 * @param instances     images of this kind in the series, 1 or more
 * @param burnedIn      true unless every image of the series says that no identity is burned into its pixels: (0028,0301) is {@code NO} or absent
 * @param inputDigest   {@code sha256:} over the sorted SOP Instance UIDs and pixel digests of these images; null where a rule may decide
 *                      otherwise over the entry than over its images, and from senders that tell none
 * @param manufacturer  (0008,0070); null where these images do not agree on it
 */
public record SeriesSummary(
        String seriesInstanceUid,
        @Nullable String modality,
        @Nullable String bodyPart,
        @Nullable String viewPosition,
        @Nullable String laterality,
        int instances,
        boolean burnedIn,
        @Nullable String inputDigest,
        @Nullable String manufacturer) {
    /** Of images that do not say who made what they were taken with. */
    public SeriesSummary(
            String seriesInstanceUid,
            @Nullable String modality,
            @Nullable String bodyPart,
            @Nullable String viewPosition,
            @Nullable String laterality,
            int instances,
            boolean burnedIn,
            @Nullable String inputDigest) {
        this(seriesInstanceUid, modality, bodyPart, viewPosition, laterality, instances, burnedIn, inputDigest, null);
    }
}
