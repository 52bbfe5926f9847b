package io.prelim.report.draft;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * One sentence of a draft. Its id stays the same from version to version while it answers the same question. What says something of
 * images is a {@link Claim}, and cannot be made without what a model said of them; every other kind says of itself what it is.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Sentence.Claim.class, name = "claim"),
    @JsonSubTypes.Type(value = Sentence.Notice.class, name = "notice"),
    @JsonSubTypes.Type(value = Sentence.Description.class, name = "description"),
    @JsonSubTypes.Type(value = Sentence.Quotation.class, name = "quotation"),
    @JsonSubTypes.Type(value = Sentence.SiteText.class, name = "template"),
    @JsonSubTypes.Type(value = Sentence.Authored.class, name = "authored")
})
public sealed interface Sentence {
    UUID id();

    /** Never empty. */
    List<? extends Evidence> evidence();

    /** The only kinds that findings and impression take. */
    sealed interface Clinical extends Sentence permits Claim, Notice, Authored {}

    /** Has its words with it. */
    sealed interface Worded extends Sentence permits Claim, Notice, Description, SiteText {
        String text();
    }

    /**
     * Says what images show: each finding with its images, model and probability.
     *
     * @param wordedBy the writer whose words they are; null for Prelim's own
     */
    record Claim(
            UUID id,
            String text,
            List<Evidence.OfImages> evidence,
            @JsonInclude(JsonInclude.Include.NON_NULL) String wordedBy)
            implements Clinical, Worded {
        /** @throws IllegalArgumentException without text or without evidence */
        public Claim {
            evidence = made("claim", id, text, evidence);
        }

        /** In Prelim's own words. */
        public Claim(UUID id, String text, List<Evidence.OfImages> evidence) {
            this(id, text, evidence, null);
        }
    }

    /** Says what became of the analysis, and nothing of the images. */
    record Notice(UUID id, String text, List<Evidence.OfProcess> evidence) implements Clinical, Worded {
        /** @throws IllegalArgumentException without text or without evidence */
        public Notice {
            evidence = made("notice", id, text, evidence);
        }
    }

    /** Describes the examination: what was imaged, what it was compared with. */
    record Description(UUID id, String text, List<Evidence.OfExamination> evidence) implements Worded {
        /** @throws IllegalArgumentException without text or without evidence */
        public Description {
            evidence = made("description", id, text, evidence);
        }
    }

    /** Stands for what the patient's context says; the words are filled in for those who may read them. */
    record Quotation(UUID id, ContextField field, Evidence.OfContext source) implements Sentence {
        public Quotation {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(source, "source");
        }

        @Override
        public List<Evidence> evidence() {
            return List.of(source);
        }
    }

    /** Words that stand in the template, whatever the images show. */
    record SiteText(UUID id, String text, Evidence.OfTemplate source) implements Worded {
        public SiteText {
            Objects.requireNonNull(source, "source");
            made("text of a template", id, text, List.of(source));
        }

        @Override
        public List<Evidence> evidence() {
            return List.of(source);
        }
    }

    /**
     * Stands for words of a reader, who answers for them; the words may name the patient, so they are kept apart and filled in for those
     * who may read them.
     *
     * @param id      of the drafted sentence that it stands for; its own where it was added
     * @param wordsId of the words
     */
    record Authored(UUID id, UUID wordsId, Evidence.OfReader source) implements Clinical {
        public Authored {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(wordsId, "wordsId");
            Objects.requireNonNull(source, "source");
        }

        @Override
        public List<Evidence> evidence() {
            return List.of(source);
        }
    }

    private static <T extends Evidence> List<T> made(String kind, UUID id, String text, List<T> evidence) {
        Objects.requireNonNull(id, "id");
        if (evidence == null || evidence.isEmpty()) {
            throw new IllegalArgumentException("a " + kind + " needs evidence");
        }
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("a " + kind + " needs text");
        }
        return List.copyOf(evidence);
    }
}
