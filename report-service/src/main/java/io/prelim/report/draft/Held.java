package io.prelim.report.draft;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.report.template.Section;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What is kept with words that do not follow the facts any more: what was drafted when they were frozen or last decided about, and how
 * the facts differ from it since. No identity, and no words of a reader.
 *
 * @param contextDigest  of the patient's context when the words were frozen; null without one
 * @param contextChanged whether the patient's context says something else since
 * @param seen           the sentences drafted then, and what a reader decided about each
 * @param stated         the findings they rest on
 * @param proposals      what the facts would say otherwise; empty once it is signed
 * @param discrepancies  what models say otherwise than when it was signed, or than what was signed; empty before
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Held(
        String contextDigest,
        boolean contextChanged,
        List<Seen> seen,
        List<Stated> stated,
        List<Proposal> proposals,
        List<Discrepancy> discrepancies) {
    public Held {
        seen = seen == null ? List.of() : List.copyOf(seen);
        stated = stated == null ? List.of() : List.copyOf(stated);
        proposals = proposals == null ? List.of() : List.copyOf(proposals);
        discrepancies = discrepancies == null ? List.of() : List.copyOf(discrepancies);
    }

    /** What a reader decided about a sentence. */
    public enum Decision {
        ACCEPTED,
        EDITED,
        REMOVED
    }

    /**
     * A drafted sentence.
     *
     * @param content      derived from what it says: another, another sentence
     * @param findings     of this study that it rests on
     * @param decision     null while nobody decided
     * @param contradicted whether the reader says the opposite
     */
    public record Seen(
            Section section,
            UUID sentenceId,
            UUID content,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UUID> findings,
            Decision decision,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean contradicted) {
        public Seen {
            findings = findings == null ? List.of() : List.copyOf(findings);
        }

        public Seen decided(Decision by, boolean opposite) {
            return new Seen(section, sentenceId, content, findings, by, opposite);
        }
    }

    /** A finding as a model told it. */
    public record Stated(
            UUID findingId,
            String name,
            Code code,
            Code site,
            String laterality,
            ModelReference model,
            Finding.Presence presence,
            double probability) {
        public static Stated of(Evidence.OfFinding finding) {
            return new Stated(
                    finding.findingId(),
                    finding.name(),
                    finding.code(),
                    finding.site(),
                    finding.laterality(),
                    finding.model(),
                    finding.presence(),
                    finding.probability());
        }
    }

    /**
     * What the facts would say otherwise of one sentence.
     *
     * @param id       of this very proposal: another sentence in its place has another
     * @param sentence with its evidence; null where it is gone
     */
    public record Proposal(UUID id, Kind kind, Section section, UUID sentenceId, Sentence sentence) {
        public Proposal {
            Objects.requireNonNull(id, "id");
            if ((kind == Kind.GONE) != (sentence == null)) {
                throw new IllegalArgumentException("a proposal has a sentence unless one is gone");
            }
        }

        /** What would become of the sentence. */
        public enum Kind {
            ADDED,
            CHANGED,
            GONE
        }
    }

    /**
     * What a model says otherwise than when the report was signed; coded.
     *
     * @param signed as it was told then; null where it is new
     * @param came   as it is told now; null where it is told no more
     */
    public record Discrepancy(Kind kind, Stated signed, Stated came) {
        /** How they differ. */
        public enum Kind {
            /** A finding that was not told then. */
            ADDED,
            /** Its presence is another. */
            PRESENCE,
            /** Its presence is the same, its probability one that deserves other words. */
            PROBABILITY,
            /** Told no more. */
            GONE,
            /** What was signed outside says the opposite; {@code came} is as it was drafted. */
            CONTRADICTED
        }
    }
}
