package io.prelim.report.draft;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import io.prelim.report.statement.Acceptance;
import io.prelim.report.statement.Given;
import io.prelim.report.statement.Level;
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

class RewordingTest {
    private static final ModelReference ALPHA = active("alpha");
    private static final ModelReference BETA = active("beta");
    private static final Code PNEUMONIA = new Code("SCT", "233604007", "Pneumonia");
    private static final Code EFFUSION = new Code("SCT", "60046008", "Pleural effusion");
    private static final Code FRACTURE = new Code("SCT", "125605004", "Fracture");
    private static final Code LUNG = new Code("SCT", "39607008", "Lung");

    private final Studies study = Studies.study("1.2.3");
    private final Drafter drafter = new Drafter(Wording.in(Locale.ENGLISH), Certainty.standard());

    @Test
    void aDraftIsTakenApartIntoWhatItSays() {
        Facts facts = facts(found(
                ALPHA,
                finding(ALPHA, PNEUMONIA, LUNG, "R", 0.83, true),
                finding(ALPHA, FRACTURE, null, null, 0.02, false)));

        List<Given> given = drafter.statements(facts, draft(facts));

        assertThat(given)
                .extracting(Given::section, Given::term, Given::level, Given::laterality, Given::site, Given::urgent)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Section.FINDINGS, "fracture", Level.NO_SIGN, null, null, false),
                        org.assertj.core.groups.Tuple.tuple(
                                Section.FINDINGS, "pneumonia", Level.PROBABLE, "R", "lung", false),
                        org.assertj.core.groups.Tuple.tuple(
                                Section.IMPRESSION, "pneumonia", Level.PROBABLE, "R", "lung", true));
        assertThat(given).extracting(Given::probability).containsExactly("0.02", "0.83", "0.83");
    }

    @Test
    void whatModelsDifferOnKeepsItsWords() {
        Facts facts = facts(study.found(ALPHA, 0.83), study.found(BETA, 0.04));

        assertThat(drafter.statements(facts, draft(facts))).isEmpty();
    }

    @Test
    void aSentenceThatWordsSeveralHasTheEvidenceOfAll() {
        Facts facts = facts(
                found(
                        ALPHA,
                        finding(ALPHA, EFFUSION, null, null, 0.03, false),
                        finding(ALPHA, FRACTURE, null, null, 0.02, false)),
                study.found(BETA, 0.83));
        Draft draft = draft(facts);
        List<Given> given = drafter.statements(facts, draft);
        List<UUID> absent = ids(given, Section.FINDINGS, Level.NO_SIGN);
        List<UUID> present = ids(given, Section.FINDINGS, Level.PROBABLE);
        List<UUID> concluded = ids(given, Section.IMPRESSION, Level.PROBABLE);

        Draft reworded = drafter.reworded(
                draft,
                Acceptance.of(
                                "en",
                                given,
                                List.of(
                                        new Written(Section.FINDINGS, present, "Pneumonia is likely."),
                                        new Written(Section.FINDINGS, absent, "No fracture or effusion."),
                                        new Written(Section.IMPRESSION, concluded, "Likely pneumonia.")))
                        .sentences(),
                "writer-1");

        assertThat(texts(reworded.findings())).containsExactly("No fracture or effusion.", "Pneumonia is likely.");
        Sentence.Claim joined = (Sentence.Claim) reworded.findings().get(0);
        assertThat(joined.evidence())
                .extracting(evidence -> ((Evidence.OfFinding) evidence).code())
                .containsExactlyInAnyOrder(EFFUSION, FRACTURE);
        assertThat(joined.wordedBy()).isEqualTo("writer-1");
        assertThat(reworded.findings().get(1).id()).isEqualTo(present.get(0));
        assertThat(texts(reworded.impression()))
                .containsExactly(
                        "Likely pneumonia.",
                        "Worded by writer-1; each sentence was checked against the findings.",
                        "Drafted by software, not reviewed by a physician.");
        assertThat(DraftJsonRoundTrip.of(reworded)).isEqualTo(reworded);
    }

    /** As it is stored and read again. */
    private static final class DraftJsonRoundTrip {
        static Draft of(Draft draft) {
            try {
                return DraftJson.read(new String(DraftJson.write(draft), java.nio.charset.StandardCharsets.UTF_8));
            } catch (io.prelim.events.UnreadableEvent e) {
                throw new AssertionError(e);
            }
        }
    }

    private static List<UUID> ids(List<Given> given, Section section, Level level) {
        return given.stream()
                .filter(each -> each.section() == section && each.level() == level)
                .map(Given::id)
                .toList();
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

    private Draft draft(Facts facts) {
        return drafter.draft(facts, BuiltIn.general());
    }

    private StudyAnalyzed found(ModelReference model, Finding... findings) {
        return study.outcome(model, StudyAnalyzed.Status.FINDINGS, List.of(findings), null);
    }

    private Finding finding(
            ModelReference model, Code code, Code site, String side, double probability, boolean urgent) {
        return new Finding(
                Ids.finding(study.outcomeId(model), code.meaning() + side),
                code.meaning().toLowerCase(Locale.ROOT),
                code,
                site,
                side,
                probability >= 0.5 ? Finding.Presence.PRESENT : Finding.Presence.ABSENT,
                probability,
                0.5,
                1.0,
                "platt",
                urgent,
                List.of(new Finding.ImageReference("1.2.3.1.1", "1.2.840.10008.5.1.4.1.1.1.1", 0, "1.2.3.1")),
                null);
    }

    private static List<String> texts(List<Sentence.Clinical> sentences) {
        return sentences.stream()
                .map(sentence -> ((Sentence.Worded) sentence).text())
                .toList();
    }
}
