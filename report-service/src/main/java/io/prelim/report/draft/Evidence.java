package io.prelim.report.draft;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.PartReference;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What a sentence rests on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Evidence.OfFinding.class, name = "finding"),
    @JsonSubTypes.Type(value = Evidence.OfPrior.class, name = "prior"),
    @JsonSubTypes.Type(value = Evidence.OfProcess.class, name = "process"),
    @JsonSubTypes.Type(value = Evidence.OfStudy.class, name = "study"),
    @JsonSubTypes.Type(value = Evidence.OfContext.class, name = "context"),
    @JsonSubTypes.Type(value = Evidence.OfTemplate.class, name = "template"),
    @JsonSubTypes.Type(value = Evidence.OfReader.class, name = "reader")
})
public sealed interface Evidence {

    /** What a statement about images rests on: something a model said of them. */
    sealed interface OfImages extends Evidence permits OfFinding, OfPrior {}

    /** What a description of the examination rests on: never what a model said. */
    sealed interface OfExamination extends Evidence permits OfProcess, OfStudy, OfContext, OfTemplate {}

    /**
     * One finding of one model.
     *
     * @param site        anatomical site; null when the code implies it, and in drafts of before it was kept
     * @param laterality  {@code L}, {@code R}, {@code B}; null as the site
     * @param probability calibrated, 0 to 1
     * @param threshold   on the calibrated probability
     * @param images      what it was read from, at least one
     * @param measurements what was measured in place of a probability, which says no more than whether the measure was reached
     * @param part        the map or mask behind it, as its outcome names it; null where there is none
     */
    record OfFinding(
            UUID findingId,
            UUID outcomeId,
            ModelReference model,
            String name,
            Code code,
            Code site,
            String laterality,
            Finding.Presence presence,
            double probability,
            double threshold,
            String calibration,
            List<Finding.ImageReference> images,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Finding.Measurement> measurements,
            PartReference part)
            implements OfImages {
        public OfFinding {
            Objects.requireNonNull(findingId, "findingId");
            Objects.requireNonNull(outcomeId, "outcomeId");
            Objects.requireNonNull(model, "model");
            images = List.copyOf(images);
            measurements = measurements == null ? List.of() : List.copyOf(measurements);
            if (images.isEmpty()) {
                throw new IllegalArgumentException("finding " + findingId + " names no image");
            }
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("finding " + findingId + " has probability " + probability);
            }
        }
    }

    /**
     * A finding in an earlier study of the patient.
     *
     * @param reportKey of that study
     * @param version   of that report which the finding was read from
     * @param studyDate (0008,0020), {@code yyyyMMdd}
     */
    record OfPrior(UUID reportKey, int version, UUID studyKey, String studyDate, OfFinding finding)
            implements OfImages {
        public OfPrior {
            Objects.requireNonNull(reportKey, "reportKey");
            Objects.requireNonNull(studyKey, "studyKey");
            Objects.requireNonNull(finding, "finding");
        }
    }

    /**
     * What became of an analysis: planned, declined, answered without a finding, failed.
     *
     * @param outcomeId the answer, or the answer awaited; null when the statement is about the whole plan
     * @param model     null when the statement is about the whole plan
     * @param code      kebab-case, such as {@code declined}, {@code awaited}, {@code no-answer}, or the outcome's reason code
     */
    record OfProcess(UUID planId, UUID outcomeId, ModelReference model, String code) implements OfExamination {
        /** Nobody has reviewed the draft. */
        public static final String NOT_REVIEWED = "not-reviewed";

        /** The model is not cleared for clinical use. */
        public static final String RESEARCH_ONLY = "research-only";

        /** A writer worded the draft. */
        public static final String WORDED = "worded";

        public OfProcess {
            Objects.requireNonNull(planId, "planId");
            Objects.requireNonNull(code, "code");
        }
    }

    /** The images themselves, as ingest described them. */
    record OfStudy(UUID studyKey, int revision, String inputDigest) implements OfExamination {
        public OfStudy {
            Objects.requireNonNull(studyKey, "studyKey");
        }
    }

    /** The identified context of the study; its content is held apart. */
    record OfContext(UUID studyKey, ContextField field) implements OfExamination {
        public OfContext {
            Objects.requireNonNull(studyKey, "studyKey");
            Objects.requireNonNull(field, "field");
        }
    }

    /**
     * A reader, who answers for the words.
     *
     * @param by       the reader's id
     * @param replaces the drafted sentence that the words stand for; null where they were added
     * @param findings of models that the drafted sentence rested on
     */
    record OfReader(
            String by,
            Instant at,
            UUID replaces,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UUID> findings) implements Evidence {
        public OfReader {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
            findings = findings == null ? List.of() : List.copyOf(findings);
        }
    }

    /** Words of the site, from a template. @param digest {@code sha256:} of its file */
    record OfTemplate(String name, String digest) implements OfExamination {
        public OfTemplate {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(digest, "digest");
        }
    }
}
