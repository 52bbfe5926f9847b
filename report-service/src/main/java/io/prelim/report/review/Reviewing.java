package io.prelim.report.review;

import io.prelim.events.Ids;
import io.prelim.events.Phi;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.Held;
import io.prelim.report.draft.Held.Proposal;
import io.prelim.report.draft.Held.Seen;
import io.prelim.report.draft.Held.Stated;
import io.prelim.report.draft.Sentence;
import io.prelim.report.template.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Applies what a reader decided to the draft they had before them. One review, one instance. */
public final class Reviewing {
    private final Draft draft;
    private final String by;
    private final Instant at;
    private final UUID writing;
    private final Map<Section, List<Sentence>> sections = new EnumMap<>(Section.class);
    private final Map<UUID, Seen> seen = new LinkedHashMap<>();
    private final Map<UUID, Stated> stated = new LinkedHashMap<>();
    private final Map<UUID, Proposal> proposals = new LinkedHashMap<>();
    private final List<Sentence.Authored> addenda;
    private final Map<UUID, Phi<String>> words = new LinkedHashMap<>();
    private boolean requoted;

    private Reviewing(Draft draft, String by, Instant at, UUID writing) {
        this.draft = Holding.freeze(draft);
        this.by = by;
        this.at = at;
        this.writing = writing;
        this.addenda = new ArrayList<>(draft.addenda());
        Held held = this.draft.held();
        draft.sections().forEach((section, sentences) -> sections.put(section, new ArrayList<>(sentences)));
        held.seen().forEach(each -> seen.put(each.sentenceId(), each));
        held.stated().forEach(each -> stated.put(each.findingId(), each));
        held.proposals().forEach(each -> proposals.put(each.id(), each));
    }

    /**
     * What comes of a review.
     *
     * @param words    the reader's, by the id of the words; to be kept apart
     * @param requoted whether the newest context is quoted from here on
     */
    public record Result(Draft draft, Map<UUID, Phi<String>> words, boolean requoted) {}

    /**
     * Applies a review.
     *
     * @param writing of the version that it becomes; the ids of words and additions are derived from it
     * @throws UnusableReview if it does not fit the draft; nothing is decided then
     */
    public static Result review(Draft draft, Review review, String by, Instant at, UUID writing) {
        Reviewing reviewing = new Reviewing(draft, by, at, writing);
        reviewing.decideProposals(review.proposals());
        reviewing.decideSentences(review.sentences());
        reviewing.add(review.additions());
        reviewing.refuseUndecided();
        // it would say of itself that nobody did what was done just now
        reviewing
                .sections
                .values()
                .forEach(said -> said.removeIf(sentence -> notice(sentence, Evidence.OfProcess.NOT_REVIEWED)));
        return reviewing.result();
    }

    private static boolean notice(Sentence sentence, String code) {
        return sentence instanceof Sentence.Notice notice
                && notice.evidence().stream().anyMatch(each -> each.code().equals(code));
    }

    /** Corrects what was signed; the reader has its discrepancies before them. */
    public static Result correct(Draft draft, Review review, String by, Instant at, UUID writing) {
        return answered(review(draft, review, by, at, writing));
    }

    /** Adds an addendum to what was signed; the reader has its discrepancies before them. */
    public static Result addend(Draft draft, Phi<String> text, String by, Instant at, UUID writing) {
        Reviewing reviewing = new Reviewing(draft, by, at, writing);
        reviewing.addenda.add(reviewing.authored(
                Ids.v5("addendum", writing.toString()), null, List.of(), ReaderWords.checked("text", text)));
        return answered(reviewing.result());
    }

    private static Result answered(Result result) {
        return new Result(Holding.answered(result.draft()), result.words(), result.requoted());
    }

    private Result result() {
        Held before = draft.held();
        Held after = new Held(
                requoted ? draft.contextDigest() : before.contextDigest(),
                !requoted && before.contextChanged(),
                List.copyOf(seen.values()),
                List.copyOf(stated.values()),
                List.copyOf(proposals.values()),
                before.discrepancies());
        return new Result(draft.reworded(sections, addenda, after), words, requoted);
    }

    private void decideProposals(List<Review.OfProposal> decisions) {
        for (int i = 0; i < decisions.size(); i++) {
            Review.OfProposal decision = decisions.get(i);
            Proposal proposal = proposals.remove(decision.id());
            if (proposal == null) {
                throw new UnusableReview("proposals[" + i + "].id", "is no proposal of this version that waits");
            }
            if (decision.decision() == Review.Choice.TAKE) {
                take(proposal);
            }
            if (proposal.kind() == Proposal.Kind.GONE) {
                seen.remove(proposal.sentenceId());
            } else {
                Held.Decision decided =
                        decision.decision() == Review.Choice.TAKE ? Held.Decision.ACCEPTED : Held.Decision.REMOVED;
                seen.put(
                        proposal.sentenceId(),
                        Holding.seen(proposal.section(), proposal.sentence(), draft.contextDigest())
                                .decided(decided, false));
                Holding.stated(proposal.sentence()).forEach(each -> stated.put(each.findingId(), each));
            }
        }
    }

    private void take(Proposal proposal) {
        requoted |= proposal.sentence() instanceof Sentence.Quotation;
        List<Sentence> said = sections.get(proposal.section());
        int at = index(said, proposal.sentenceId());
        if (proposal.kind() == Proposal.Kind.GONE) {
            if (at >= 0) {
                said.remove(at);
            }
        } else if (at >= 0) {
            said.set(at, proposal.sentence());
        } else {
            said.add(proposal.sentence());
        }
    }

    private void decideSentences(List<Review.OfSentence> decisions) {
        Set<UUID> named = new HashSet<>();
        for (int i = 0; i < decisions.size(); i++) {
            Review.OfSentence decision = decisions.get(i);
            String where = "sentences[" + i + "]";
            if (!named.add(decision.id())) {
                throw new UnusableReview(where + ".id", "is named more than once");
            }
            List<Sentence> said = sections.values().stream()
                    .filter(sentences -> index(sentences, decision.id()) >= 0)
                    .findFirst()
                    .orElseThrow(() -> new UnusableReview(where + ".id", "is no sentence of this version"));
            decide(said, index(said, decision.id()), decision, where);
        }
    }

    private void decide(List<Sentence> said, int at, Review.OfSentence decision, String where) {
        boolean edit = decision.decision() == Review.Decision.EDIT;
        if (!edit && decision.text() != null) {
            throw new UnusableReview(where + ".text", "is for an edited sentence");
        }
        if (decision.contradicts() && decision.decision() == Review.Decision.ACCEPT) {
            throw new UnusableReview(where + ".contradicts", "is for an edited or rejected sentence");
        }
        Sentence sentence = said.get(at);
        if (decision.decision() != Review.Decision.ACCEPT && notice(sentence, Evidence.OfProcess.RESEARCH_ONLY)) {
            throw new UnusableReview(where + ".decision", "must be ACCEPT: that a model is not cleared is always said");
        }
        Seen drafted = seen.get(decision.id());
        if (edit) {
            Phi<String> text = ReaderWords.checked(where + ".text", decision.text());
            said.set(
                    at,
                    sentence instanceof Sentence.Authored before
                            ? authored(
                                    before.id(),
                                    before.source().replaces(),
                                    before.source().findings(),
                                    text)
                            : authored(
                                    sentence.id(),
                                    sentence.id(),
                                    drafted == null ? List.of() : drafted.findings(),
                                    text));
        } else if (decision.decision() == Review.Decision.REJECT) {
            said.remove(at);
        }
        if (drafted != null) {
            Held.Decision decided =
                    switch (decision.decision()) {
                        case ACCEPT ->
                            sentence instanceof Sentence.Authored ? drafted.decision() : Held.Decision.ACCEPTED;
                        case EDIT -> Held.Decision.EDITED;
                        case REJECT -> Held.Decision.REMOVED;
                    };
            seen.put(drafted.sentenceId(), drafted.decided(decided, decision.contradicts()));
        }
    }

    private void add(List<Review.Addition> additions) {
        for (int i = 0; i < additions.size(); i++) {
            Review.Addition addition = additions.get(i);
            String where = "additions[" + i + "]";
            if (addition.section() != Section.FINDINGS && addition.section() != Section.IMPRESSION) {
                throw new UnusableReview(where + ".section", "must be FINDINGS or IMPRESSION");
            }
            sections.get(addition.section())
                    .add(authored(
                            Ids.v5("addition", writing.toString(), Integer.toString(i)),
                            null,
                            List.of(),
                            ReaderWords.checked(where + ".text", addition.text())));
        }
    }

    /** What is not decided about must not look as if it were. */
    private void refuseUndecided() {
        List<UUID> undecided = List.of(Section.FINDINGS, Section.IMPRESSION).stream()
                .flatMap(section -> sections.get(section).stream())
                .filter(Sentence.Claim.class::isInstance)
                .map(Sentence::id)
                .filter(id -> seen.containsKey(id) && seen.get(id).decision() == null)
                .toList();
        if (!undecided.isEmpty()) {
            throw new UnusableReview(
                    "sentences",
                    "must decide about each claim of findings and impression; " + undecided.size() + " are not named, "
                            + undecided.get(0) + " among them");
        }
    }

    private Sentence.Authored authored(UUID id, UUID replaces, List<UUID> findings, Phi<String> text) {
        UUID wordsId = Ids.v5("words", writing.toString(), Integer.toString(words.size()));
        words.put(wordsId, text);
        return new Sentence.Authored(id, wordsId, new Evidence.OfReader(by, at, replaces, findings));
    }

    private static int index(List<Sentence> sentences, UUID id) {
        for (int i = 0; i < sentences.size(); i++) {
            if (sentences.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
