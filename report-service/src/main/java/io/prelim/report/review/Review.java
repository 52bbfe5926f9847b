package io.prelim.report.review;

import io.prelim.events.Phi;
import io.prelim.report.template.Section;
import java.util.List;
import java.util.UUID;

/**
 * What a reader decides about a draft. A claim of findings or impression that nobody decided about before must be named.
 *
 * @param sentences of the draft
 * @param additions to findings or impression
 * @param proposals of the draft
 */
public record Review(List<OfSentence> sentences, List<Addition> additions, List<OfProposal> proposals) {
    /** Entries of each list, at most. */
    public static final int MOST = 500;

    public Review {
        sentences = sentences == null ? List.of() : List.copyOf(sentences);
        additions = additions == null ? List.of() : List.copyOf(additions);
        proposals = proposals == null ? List.of() : List.copyOf(proposals);
    }

    /** What becomes of a sentence. */
    public enum Decision {
        ACCEPT,
        EDIT,
        REJECT
    }

    /** What becomes of a proposal. */
    public enum Choice {
        TAKE,
        DECLINE
    }

    /**
     * @param text        the reader's words for it; null unless it is edited
     * @param contradicts whether the reader says the opposite; only of what is edited or rejected
     */
    public record OfSentence(UUID id, Decision decision, Phi<String> text, boolean contradicts) {}

    /** @param section {@code FINDINGS} or {@code IMPRESSION} */
    public record Addition(Section section, Phi<String> text) {}

    /** @param id of the proposal */
    public record OfProposal(UUID id, Choice decision) {}
}
