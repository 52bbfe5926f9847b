package io.prelim.report.draft;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** One sentence of a draft. Its id stays the same from version to version while it rests on the same thing. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Sentence.Claim.class, name = "claim"),
    @JsonSubTypes.Type(value = Sentence.Description.class, name = "description"),
    @JsonSubTypes.Type(value = Sentence.Quotation.class, name = "quotation")
})
public sealed interface Sentence {
    UUID id();

    /** Never empty. */
    List<? extends Evidence> evidence();

    /** Says something about the patient, or about why nothing is said: the only kind that findings and impression take. */
    record Claim(UUID id, String text, List<Evidence.Clinical> evidence) implements Sentence {
        /** @throws IllegalArgumentException without text or without evidence */
        public Claim {
            Objects.requireNonNull(id, "id");
            evidence = List.copyOf(evidence);
            if (evidence.isEmpty()) {
                throw new IllegalArgumentException("a claim needs evidence");
            }
            requireText(text);
        }
    }

    /** Describes the examination, from the images or the plan. */
    record Description(UUID id, String text, List<Evidence> evidence) implements Sentence {
        public Description {
            Objects.requireNonNull(id, "id");
            evidence = List.copyOf(evidence);
            if (evidence.isEmpty()) {
                throw new IllegalArgumentException("a description needs evidence");
            }
            requireText(text);
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

    private static void requireText(String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("a sentence needs text");
        }
    }
}
