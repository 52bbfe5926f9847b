package io.prelim.ingest.index;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * When an image's study is complete, as far as the image goes.
 *
 * @param quietMillis without a further image
 * @param quietGaps   that this was learned from; null when it is what was set
 * @param quietSetMillis what is set
 * @param archive     asked how many instances it has of the study, by its name in the configuration; null for none
 * @param askMillis   without a further image, until it is asked; null without an archive
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Debounce(long quietMillis, Long quietGaps, long quietSetMillis, String archive, Long askMillis) {}
