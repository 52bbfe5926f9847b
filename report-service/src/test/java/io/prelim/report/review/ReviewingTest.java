package io.prelim.report.review;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.events.ReportReviewed.Difference;
import io.prelim.events.ReportReviewed.Kind;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import io.prelim.report.draft.Certainty;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.DraftJson;
import io.prelim.report.draft.Drafter;
import io.prelim.report.draft.Facts;
import io.prelim.report.draft.Held;
import io.prelim.report.draft.Held.Proposal;
import io.prelim.report.draft.Sentence;
import io.prelim.report.draft.Wording;
import io.prelim.report.template.Section;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewingTest {
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference BONE = active("bone");
    private static final Code FRACTURE = new Code("SCT", "125605004", "Fracture");
    private static final Instant AT = Instant.parse("2026-11-24T08:00:00Z");
    private static final UUID WRITING = UUID.randomUUID();

    private final Studies study = Studies.study("1.2.3");
    private final Draft claimed = Holding.freeze(draft(study.context(), study.found(CHEST, 0.83)));

    @Test
    void frozenWordsStayAndTheFactsAreTold() {
        Draft newer = draft(study.context(), study.found(CHEST, 0.83), fracture());

        Draft kept = Holding.propose(claimed, newer);

        assertThat(kept.sections()).isEqualTo(claimed.sections());
        assertThat(kept.outcomeIds()).isEqualTo(newer.outcomeIds());
        assertThat(kept.settled()).isTrue();
        assertThat(kept.held().proposals())
                .filteredOn(each -> each.section() == Section.IMPRESSION && each.kind() == Proposal.Kind.ADDED)
                .singleElement()
                .satisfies(each ->
                        assertThat(((Sentence.Claim) each.sentence()).text()).containsIgnoringCase("fracture"));
    }

    @Test
    void theSameFactsProposeNothing() {
        Draft kept = Holding.propose(claimed, draft(study.context(), study.found(CHEST, 0.83)));

        assertThat(kept.held().proposals()).isEmpty();
        assertThat(DraftJson.write(kept)).isEqualTo(DraftJson.write(claimed));
    }

    /** As another language, or a writer, would. */
    @Test
    void aClaimInOtherWordsIsNoOtherClaim() {
        Draft newer = draft(Locale.GERMAN, study, List.of(CHEST, BONE), study.context(), study.found(CHEST, 0.83));

        Draft kept = Holding.propose(claimed, newer);

        assertThat(newer.findings()).isNotEqualTo(claimed.findings());
        assertThat(kept.held().proposals()).noneMatch(each -> each.sentence() instanceof Sentence.Claim);
    }

    @Test
    void whatIsKeptIsReadAsItWasWritten() throws Exception {
        Draft kept = review(
                        Holding.propose(claimed, draft(study.context("Other"), study.found(CHEST, 0.2), fracture())),
                        edit(claimed, "Words."))
                .draft();

        assertThat(DraftJson.read(new String(DraftJson.write(kept), StandardCharsets.UTF_8)))
                .isEqualTo(kept);
    }

    @Test
    void takingEveryProposalSaysWhatTheFactsSay() {
        Draft newer = draft(study.context("Other"), study.found(CHEST, 0.2), fracture());
        Draft kept = Holding.propose(claimed, newer);
        assertThat(kept.held().contextChanged()).isTrue();

        Reviewing.Result result =
                review(kept, new Review(accepted(kept, newer), List.of(), decided(kept, Review.Choice.TAKE)));

        assertThat(result.requoted()).isTrue();
        assertThat(result.draft().held().contextChanged()).isFalse();
        assertThat(ids(result.draft())).isEqualTo(without(newer, "not-reviewed"));
        assertThat(Holding.propose(result.draft(), newer).held().proposals()).isEmpty();
    }

    @Test
    void whatIsDeclinedIsNotProposedAgain() {
        Draft newer = draft(study.context("Other"), study.found(CHEST, 0.2), fracture());
        Draft kept = Holding.propose(claimed, newer);

        Draft declined = review(kept, new Review(accepted(kept, kept), List.of(), decided(kept, Review.Choice.DECLINE)))
                .draft();

        assertThat(Holding.propose(declined, newer).held().proposals()).isEmpty();
        assertThat(ids(declined)).isEqualTo(without(claimed, "not-reviewed"));
        assertThat(Differences.of(declined))
                .extracting(Difference::name, Difference::kind)
                .contains(tuple("fracture", Kind.REMOVED));
    }

    @Test
    void anEditedSentenceKeepsItsIdAndHoldsNoWords() {
        Reviewing.Result result = review(claimed, edit(claimed, "Words of Mr Canary."));

        Sentence edited = result.draft().impression().get(0);
        assertThat(edited).isInstanceOfSatisfying(Sentence.Authored.class, authored -> {
            assertThat(authored.id()).isEqualTo(claimed.impression().get(0).id());
            assertThat(authored.source().by()).isEqualTo("r.meier");
            assertThat(authored.source().replaces()).isEqualTo(authored.id());
            assertThat(authored.source().findings()).hasSize(1);
            assertThat(result.words().get(authored.wordsId())).isEqualTo(Phi.of("Words of Mr Canary."));
        });
        assertThat(new String(DraftJson.write(result.draft()), StandardCharsets.UTF_8))
                .doesNotContain("Canary");
        assertThat(result.toString()).doesNotContain("Canary");
        assertThat(Differences.of(result.draft())).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(Kind.EDITED);
            assertThat(each.name()).isEqualTo("pneumonia");
            assertThat(each.presence()).isEqualTo(Finding.Presence.PRESENT);
            assertThat(each.probability()).isEqualTo(0.83);
            assertThat(each.model()).isEqualTo(CHEST);
        });
    }

    @Test
    void aReviewedDraftDoesNotSayThatNobodyReviewedIt() {
        assertThat(review(claimed, edit(claimed, "Words.")).draft().impression())
                .noneMatch(sentence -> sentence instanceof Sentence.Notice notice
                        && notice.evidence().get(0).code().equals("not-reviewed"));
    }

    @Test
    void whatIsRejectedIsTold() {
        List<Review.OfSentence> rejections = claims(claimed).stream()
                .map(id -> new Review.OfSentence(id, Review.Decision.REJECT, null, true))
                .toList();

        Draft rejected =
                review(claimed, new Review(rejections, List.of(), List.of())).draft();

        assertThat(claims(rejected)).isEmpty();
        assertThat(Differences.of(rejected)).singleElement().satisfies(each -> {
            assertThat(each.kind()).isEqualTo(Kind.REMOVED);
            assertThat(each.contradicted()).isTrue();
        });
    }

    @Test
    void everyClaimMustBeDecidedAbout() {
        UUID one = claims(claimed).get(0);
        Review half = new Review(
                List.of(new Review.OfSentence(one, Review.Decision.ACCEPT, null, false)), List.of(), List.of());

        assertThatThrownBy(() -> review(claimed, half))
                .isInstanceOf(UnusableReview.class)
                .hasMessageContaining("each claim");
    }

    @Test
    void thatAModelIsNotClearedIsAlwaysSaid() {
        ModelReference research = Studies.model("research", ModelRole.ACTIVE, true);
        Draft draft = Holding.freeze(draft(List.of(research), study.context(), study.found(research, 0.9)));
        UUID watermark = draft.impression().stream()
                .filter(each -> each instanceof Sentence.Notice notice
                        && notice.evidence().get(0).code().equals("research-only"))
                .findFirst()
                .orElseThrow()
                .id();
        List<Review.OfSentence> decisions = new ArrayList<>(accepted(draft, draft));
        decisions.add(new Review.OfSentence(watermark, Review.Decision.REJECT, null, false));

        assertThatThrownBy(() -> review(draft, new Review(decisions, List.of(), List.of())))
                .isInstanceOf(UnusableReview.class)
                .hasMessageContaining("not cleared");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000b", "a\u202eb", "a\u2028b", "a\ud800b"})
    void wordsThatDoNotShowAreRefused(String text) {
        assertThatThrownBy(() -> ReaderWords.checked("text", Phi.of(text))).isInstanceOf(UnusableReview.class);
    }

    @Test
    void wordsAreBounded() {
        assertThat(ReaderWords.checked("text", Phi.of(" " + "ü".repeat(1000)))).isEqualTo(Phi.of("ü".repeat(1000)));
        assertThatThrownBy(() -> ReaderWords.checked("text", Phi.of("ü".repeat(1001))))
                .isInstanceOf(UnusableReview.class)
                .hasMessageContaining("1000");
    }

    @Test
    void afterASignatureWhatModelsSayOtherwiseIsADiscrepancy() {
        Draft signed = review(claimed, edit(claimed, "Words.")).draft();
        Studies revised = study.revised();
        StudyAnalyzed again = revised.found(CHEST, 0.2);

        Draft kept = Holding.contrast(
                signed,
                draft(
                        revised,
                        List.of(CHEST, BONE),
                        study.context(),
                        again,
                        revised.found(BONE, "fracture", FRACTURE, 0.9, 0.5)));

        assertThat(kept.sections()).isEqualTo(signed.sections());
        assertThat(kept.held().proposals()).isEmpty();
        assertThat(kept.held().discrepancies())
                .extracting(Held.Discrepancy::kind, each -> each.came().name())
                .containsExactlyInAnyOrder(
                        tuple(Held.Discrepancy.Kind.PRESENCE, "pneumonia"),
                        tuple(Held.Discrepancy.Kind.ADDED, "fracture"));
        Draft answered =
                Reviewing.addend(kept, Phi.of("Seen."), "r.meier", AT, WRITING).draft();
        assertThat(answered.held().discrepancies()).isEmpty();
        assertThat(answered.addenda()).hasSize(1);
        assertThat(Holding.contrast(answered, draft(study.context(), study.found(CHEST, 0.83)))
                        .held()
                        .discrepancies())
                .extracting(Held.Discrepancy::kind)
                .containsExactlyInAnyOrder(Held.Discrepancy.Kind.PRESENCE, Held.Discrepancy.Kind.GONE);
    }

    @ParameterizedTest
    @CsvSource({"0.8312, 0.71, false", "0.8312, 0.8999, false", "0.8312, 0.9, true", "0.8312, 0.69, true"})
    void aProbabilityIsADiscrepancyWhereItDeservesOtherWords(double then, double now, boolean told) {
        Draft signed = Holding.freeze(draft(study.context(), study.found(CHEST, then)));
        Studies revised = study.revised();

        Draft kept =
                Holding.contrast(signed, draft(revised, List.of(CHEST), study.context(), revised.found(CHEST, now)));

        assertThat(kept.held().discrepancies())
                .extracting(Held.Discrepancy::kind)
                .isEqualTo(told ? List.of(Held.Discrepancy.Kind.PROBABILITY) : List.of());
    }

    private static Reviewing.Result review(Draft draft, Review review) {
        return Reviewing.review(draft, review, "r.meier", AT, WRITING);
    }

    /** The first of the impression in other words, and of the findings too; all else as it is. */
    private static Review edit(Draft draft, String text) {
        return new Review(
                claims(draft).stream()
                        .map(id -> new Review.OfSentence(id, Review.Decision.EDIT, Phi.of(text), false))
                        .toList(),
                List.of(),
                List.of());
    }

    /** Each claim of a draft that another says too. */
    private static List<Review.OfSentence> accepted(Draft draft, Draft as) {
        Set<UUID> still = Set.copyOf(claims(as));
        return claims(draft).stream()
                .filter(still::contains)
                .map(id -> new Review.OfSentence(id, Review.Decision.ACCEPT, null, false))
                .toList();
    }

    private static List<Review.OfProposal> decided(Draft draft, Review.Choice choice) {
        return draft.held().proposals().stream()
                .map(each -> new Review.OfProposal(each.id(), choice))
                .toList();
    }

    private static List<UUID> claims(Draft draft) {
        return List.of(draft.impression(), draft.findings()).stream()
                .flatMap(List::stream)
                .filter(Sentence.Claim.class::isInstance)
                .map(Sentence::id)
                .toList();
    }

    private static Set<UUID> ids(Draft draft) {
        return draft.sections().values().stream()
                .flatMap(List::stream)
                .map(Sentence::id)
                .collect(Collectors.toSet());
    }

    private static Set<UUID> without(Draft draft, String notice) {
        return draft.sections().values().stream()
                .flatMap(List::stream)
                .filter(sentence -> !(sentence instanceof Sentence.Notice each
                        && each.evidence().get(0).code().equals(notice)))
                .map(Sentence::id)
                .collect(Collectors.toSet());
    }

    private StudyAnalyzed fracture() {
        return study.found(BONE, "fracture", FRACTURE, 0.9, 0.5);
    }

    private Draft draft(PatientContext context, StudyAnalyzed... outcomes) {
        return draft(List.of(CHEST, BONE), context, outcomes);
    }

    private Draft draft(List<ModelReference> models, PatientContext context, StudyAnalyzed... outcomes) {
        return draft(study, models, context, outcomes);
    }

    private static Draft draft(
            Studies of, List<ModelReference> models, PatientContext context, StudyAnalyzed... outcomes) {
        return draft(Locale.ENGLISH, of, models, context, outcomes);
    }

    private static Draft draft(
            Locale language,
            Studies of,
            List<ModelReference> models,
            PatientContext context,
            StudyAnalyzed... outcomes) {
        Facts facts = Facts.at(
                T0,
                of.plan(FAR, models.toArray(ModelReference[]::new)),
                of.received(),
                context,
                "sha256:" + context.studyDescription().reveal(),
                Arrays.stream(outcomes).collect(Collectors.toMap(StudyAnalyzed::outcomeId, Function.identity())),
                Set.of());
        return new Drafter(Wording.in(language), Certainty.standard()).draft(facts, BuiltIn.general());
    }
}
