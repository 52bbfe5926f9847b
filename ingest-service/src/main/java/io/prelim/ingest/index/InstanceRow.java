package io.prelim.ingest.index;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * An instance with its study, the study's identity and its parts, as the one statement that adds it reads them: no name stands in
 * two of them with another meaning.
 *
 * @param pixelsSegment null without pixel data, as the other two of the pixels
 * @param arrivingMillis since its first byte; null when it is found again in the log
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record InstanceRow(
        @JsonUnwrapped NewInstance.Study study,
        @JsonUnwrapped NewInstance.Identity identity,
        @JsonUnwrapped NewInstance.Series series,
        @JsonUnwrapped NewInstance.Instance instance,
        @JsonUnwrapped NewInstance.Rejection rejection,
        long headerSegment,
        long headerPosition,
        long headerBytes,
        Long pixelsSegment,
        Long pixelsPosition,
        Long pixelsBytes,
        @JsonUnwrapped Debounce debounce,
        Long arrivingMillis) {}
