package io.prelim.report.render;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.ModelReference;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.Studies;
import io.prelim.report.draft.Facts;
import io.prelim.report.draft.Prior;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was found over time, thing by thing. */
class HistoryTest {
    private static final Studies NOW = Reports.STUDY;
    private static final Studies THEN = Studies.study("1.2.2");
    private static final Studies FIRST = Studies.study("1.2.1");
    private static final ModelReference MODEL = Studies.active("chest");
    private static final Code EFFUSION = new Code("SCT", "60046008", "Pleural effusion");

    @Test
    void studiesAreInTheirOrderAndThisOneIsTheLast() {
        History history = history(
                NOW.found(MODEL, 0.9), prior(THEN, "20250214", THEN.found(MODEL, 0.4)), prior(FIRST, "20240101"));

        assertThat(history.studies())
                .extracting(History.Study::studyDate)
                .containsExactly("20240101", "20250214", "20260301");
        assertThat(history.studies().get(2).reportKey()).isEqualTo(NOW.reportKey());
        assertThat(history.things()).hasSize(1);
        assertThat(history.things().get(0).points())
                .extracting(History.Point::reportKey)
                .containsExactly(THEN.reportKey(), NOW.reportKey());
        assertThat(history.things().get(0).points())
                .extracting(History.Point::presence)
                .containsExactly(Finding.Presence.ABSENT, Finding.Presence.PRESENT);
    }

    @Test
    void sidesAreThingsOfTheirOwnAndWhatWasOnlyThenIsTold() {
        History history = history(
                outcome(NOW, sided(NOW, "right", "R")),
                prior(THEN, "20250214", outcome(THEN, sided(THEN, "left", "L"), sided(THEN, "right", "R"))));

        assertThat(history.things()).extracting(History.Thing::laterality).containsExactly("R", "L");
        assertThat(history.things().get(0).points()).hasSize(2);
        assertThat(history.things().get(1).points()).hasSize(1);
    }

    @Test
    void aStudyWithoutEarlierOnesStandsAlone() {
        History history = history(NOW.found(MODEL, 0.9));

        assertThat(history.studies()).hasSize(1);
        assertThat(history.things().get(0).points()).hasSize(1);
    }

    private static Finding sided(Studies of, String name, String side) {
        Finding finding = of.finding(MODEL, name, EFFUSION, 0.8, 0.5);
        return new Finding(
                finding.findingId(),
                name,
                EFFUSION,
                Reports.LUNG,
                side,
                finding.presence(),
                finding.probability(),
                finding.threshold(),
                finding.rawScore(),
                finding.calibration(),
                false,
                finding.images(),
                null);
    }

    private static StudyAnalyzed outcome(Studies of, Finding... findings) {
        return of.outcome(MODEL, StudyAnalyzed.Status.FINDINGS, List.of(findings), null);
    }

    private static Prior prior(Studies of, String date, StudyAnalyzed... outcomes) {
        return new Prior(of.reportKey(), 1, of.key(), 1, date, List.of(outcomes));
    }

    private static History history(StudyAnalyzed now, Prior... priors) {
        Facts facts = Facts.at(
                        T0,
                        NOW.plan(FAR, MODEL),
                        NOW.received(),
                        NOW.context(),
                        "sha256:x",
                        Map.of(now.outcomeId(), now),
                        Set.of())
                .with(Arrays.asList(priors));
        return History.of(
                Reports.view(1, ReportChanged.Status.DRAFT, Locale.ENGLISH, NOW.context(), facts),
                Arrays.asList(priors));
    }
}
