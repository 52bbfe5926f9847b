package io.prelim.report.review;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import io.prelim.report.draft.Certainty;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Drafter;
import io.prelim.report.draft.Facts;
import io.prelim.report.draft.Held.Proposal;
import io.prelim.report.draft.Sentence;
import io.prelim.report.draft.Wording;
import io.prelim.report.statement.Acceptance;
import io.prelim.report.statement.Given;
import io.prelim.report.statement.Written;
import io.prelim.report.template.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RestatedTest {
    private static final ModelReference CHEST = active("chest");
    private static final ModelReference BONE = active("bone");
    private static final Code PNEUMONIA = new Code("SCT", "233604007", "Pneumonia");
    private static final Code EFFUSION = new Code("SCT", "60046008", "Pleural effusion");
    private static final Code FRACTURE = new Code("SCT", "125605004", "Fracture");

    private final Studies study = Studies.study("1.2.3");
    private final Drafter drafter = new Drafter(Wording.in(Locale.ENGLISH), Certainty.standard());

    @Test
    void theSameFactsInPlainWordsProposeNothing() {
        Draft kept = Holding.propose(worded(0.02), drafter.draft(facts(chest(0.02)), BuiltIn.general()));

        assertThat(kept.held().proposals()).isEmpty();
        assertThat(kept.findings()).hasSize(1);
    }

    @Test
    void onlyWhatIsNewIsProposed() {
        StudyAnalyzed fracture = study.found(BONE, "fracture", FRACTURE, 0.9, 0.5);

        Draft kept = Holding.propose(worded(0.02), drafter.draft(facts(chest(0.02), fracture), BuiltIn.general()));

        assertThat(kept.held().proposals())
                .filteredOn(each -> each.section() == Section.FINDINGS)
                .singleElement()
                .satisfies(each ->
                        assertThat(((Sentence.Worded) each.sentence()).text()).contains("fracture"));
    }

    /** One of two things that stood in one sentence: that sentence is not said any more. */
    @Test
    void whatChangedOfASentenceIsProposedWithAllThatStoodInIt() {
        Draft kept = Holding.propose(worded(0.02), drafter.draft(facts(chest(0.9)), BuiltIn.general()));

        assertThat(kept.held().proposals())
                .filteredOn(each -> each.section() == Section.FINDINGS)
                .extracting(Proposal::kind)
                .containsExactlyInAnyOrder(Proposal.Kind.ADDED, Proposal.Kind.ADDED, Proposal.Kind.GONE);
    }

    /** Frozen, its findings in one sentence of a writer. */
    private Draft worded(double effusion) {
        Facts facts = facts(chest(effusion));
        Draft draft = drafter.draft(facts, BuiltIn.general());
        List<Given> given = drafter.statements(facts, draft);
        List<Written> written = Arrays.stream(new Section[] {Section.FINDINGS, Section.IMPRESSION})
                .map(section -> new Written(section, ids(given, section), "No pneumonia or effusion."))
                .toList();
        return Holding.freeze(
                drafter.reworded(draft, Acceptance.of("en", given, written).sentences(), "writer-1"));
    }

    private static List<UUID> ids(List<Given> given, Section section) {
        return given.stream()
                .filter(each -> each.section() == section)
                .map(Given::id)
                .toList();
    }

    private StudyAnalyzed chest(double effusion) {
        return study.outcome(
                CHEST,
                StudyAnalyzed.Status.FINDINGS,
                List.of(finding("pneumonia", PNEUMONIA, 0.03), finding("effusion", EFFUSION, effusion)),
                null);
    }

    private Finding finding(String name, Code code, double probability) {
        return study.finding(CHEST, name, code, probability, 0.5);
    }

    private Facts facts(StudyAnalyzed... outcomes) {
        ModelReference[] models =
                Arrays.stream(outcomes).map(StudyAnalyzed::model).toArray(ModelReference[]::new);
        return Facts.at(
                T0,
                study.plan(FAR, models),
                study.received(),
                null,
                null,
                Arrays.stream(outcomes).collect(Collectors.toMap(StudyAnalyzed::outcomeId, Function.identity())),
                Set.of());
    }
}
