package io.prelim.events;

import org.jspecify.annotations.Nullable;

/**
 * One series of a study as the planner sees it. Null where the images do not say.
 *
 * @param modality      (0008,0060)
 * @param bodyPart      (0018,0015)
 * @param viewPosition  (0018,5101)
 * @param laterality    (0020,0060)
 * @param instances     images in the series, 1 or more
 * @param burnedIn      true unless every image says that no identity is burned into its pixels: (0028,0301) is {@code NO} or absent
 */
public record SeriesSummary(
        String seriesInstanceUid,
        @Nullable String modality,
        @Nullable String bodyPart,
        @Nullable String viewPosition,
        @Nullable String laterality,
        int instances,
        boolean burnedIn) {}
