package io.prelim.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reader made of what models found: coded differences, never words. For those who watch models; pseudonymised, kept 90 d.
 *
 * @param reviewId       the same review told again has the same
 * @param draftVersion   the version of the draft that the reader had before them
 * @param signedReportId what was signed in the reporting system; null unless {@code source} is {@code REPORTING_SYSTEM}
 * @param differences    at most {@value #MOST_DIFFERENCES}; those that were not accepted come first
 */
public record ReportReviewed(
        UUID reviewId,
        UUID reportKey,
        List<UUID> studyKeys,
        List<String> studyInstanceUids,
        int draftVersion,
        Source source,
        @Nullable UUID signedReportId,
        List<Difference> differences,
        Instant reviewedAt)
        implements Event {
    /** Differences of one review; the event stays under 1 MiB. */
    public static final int MOST_DIFFERENCES = 1_000;

    /** @throws IllegalArgumentException for more differences than {@value #MOST_DIFFERENCES} */
    public ReportReviewed {
        Objects.requireNonNull(reviewId, "reviewId");
        Objects.requireNonNull(reportKey, "reportKey");
        studyKeys = List.copyOf(studyKeys);
        studyInstanceUids = studyInstanceUids == null ? List.of() : List.copyOf(studyInstanceUids);
        differences = differences == null ? List.of() : List.copyOf(differences);
        if (differences.size() > MOST_DIFFERENCES) {
            throw new IllegalArgumentException(
                    "a review has at most " + MOST_DIFFERENCES + " differences, not " + differences.size());
        }
    }

    @Override
    public String key() {
        return reportKey.toString();
    }

    /** Where the reader said it. */
    public enum Source {
        /** In Prelim, sentence by sentence. */
        PRELIM,
        /** In the reporting system; read off what was signed there. */
        REPORTING_SYSTEM,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * What became of one finding, or of one sentence that rests on none.
     *
     * @param findingId    of a model; null where the reader added it, or the sentence rests on no finding
     * @param sentenceId   of the draft; null where no sentence of the draft is about it
     * @param name         the finding's name in the model's manifest; null without a finding
     * @param code         of the finding; null without a finding that is coded
     * @param site         anatomical site; null when the code implies it, or nobody says
     * @param laterality   {@code L}, {@code R}, {@code B}; null when it has none
     * @param model        whose finding it is; null for none
     * @param presence     as the model said; null without a finding
     * @param probability  calibrated, 0 to 1, as the model said; null without a finding
     * @param contradicted whether the reader says the opposite of it
     */
    public record Difference(
            @Nullable UUID findingId,
            @Nullable UUID sentenceId,
            @Nullable String name,
            @Nullable Code code,
            @Nullable Code site,
            @Nullable String laterality,
            @Nullable ModelReference model,
            Finding.@Nullable Presence presence,
            @Nullable Double probability,
            Kind kind,
            boolean contradicted) {}

    /** What the reader did. */
    public enum Kind {
        /** Left as the draft says it. */
        ACCEPTED,
        /** Said in other words. */
        EDITED,
        /** Left out. */
        REMOVED,
        /** Said by the reader alone. */
        ADDED,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
