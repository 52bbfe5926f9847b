package io.prelim.report.render;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.events.ReportChanged;
import io.prelim.events.ReportSigned;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import io.prelim.report.draft.Certainty;
import io.prelim.report.draft.Drafter;
import io.prelim.report.draft.Facts;
import io.prelim.report.draft.Wording;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private static final ModelReference CHEST = Studies.model("chest-pneumonia", ModelRole.ACTIVE, true);
    private static final ModelReference BONE = Studies.active("bone-age");
    private static final Instant AT = Instant.parse("2026-03-01T08:00:07.25Z");

    private final Studies study = Studies.study("1.2.3");
    private List<ReportSigned> signed = List.of();
    private Locale language = Locale.ENGLISH;

    @Test
    void settledReport() throws IOException {
        assertThat(render(
                        study.context("SYNTHETIC chest PA"),
                        study.found(CHEST, 0.8312),
                        study.outcome(
                                BONE, StudyAnalyzed.Status.NOT_APPLICABLE, "out-of-scope", "the image is no hand")))
                .isEqualTo(golden("settled.txt"));
    }

    @Test
    void reportThatStillGrowsWithoutContext() throws IOException {
        assertThat(render(null, study.found(CHEST, 0.03))).isEqualTo(golden("growing.txt"));
    }

    @Test
    void linesFitAndHoldNoControlCharacter() {
        PatientContext hostile = new PatientContext(
                study.key(),
                study.uid(),
                1,
                Phi.of("\u001b[2JEvil^\r\nSIGNED"),
                Phi.of("x\u0000y"),
                null,
                Phi.of("not a date"),
                "\u202eM",
                null,
                null,
                Phi.of("a\nFINDINGS\n  None. ".repeat(50)),
                null,
                null,
                null);

        String text = render(hostile, study.found(CHEST, 0.8));

        assertThat(text).doesNotContain("\u001b", "\r", "\u0000", "\u202e").doesNotContain("\nSIGNED");
        assertThat(text.lines().filter("FINDINGS"::equals)).hasSize(1);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void whatWasSignedElsewhereIsNamedAndNotMistakenForTheDraft() {
        signed = List.of(study.signed("The words of the signed report."));

        String text = render(study.context(), study.found(CHEST, 0.8));

        assertThat(text)
                .startsWith("=".repeat(TextReport.WIDTH) + "\nPRELIMINARY REPORT   DRAFT")
                .contains("\nSIGNED REPORT        final, 2026-03-01T09:00:00Z, by engine; this draft is not it\n")
                .doesNotContain("The words of the signed report.");
    }

    @Test
    void aReportInGermanIsGermanButForItsEvidence() {
        language = Locale.GERMAN;

        String text = render(study.context(), study.found(CHEST, 0.8312));

        assertThat(text)
                .contains(
                        "\nVORLÄUFIGER BEFUND   ENTWURF - nicht geprüft\n",
                        "\nPatienten-ID CANARY-4711\n",
                        "\nStatus       ENTWURF - nicht geprüft, Antworten stehen aus\n",
                        "\nTECHNIK\n  Digitale Radiographie, Projektion LATERAL, PA; 2 Bilder in 2 Serien.",
                        "\nVERGLEICH\n  Keine Voruntersuchung zum Vergleich herangezogen.",
                        "\nBEURTEILUNG\n  Pneumonie wahrscheinlich.")
                .contains("probability 0.8312, threshold 0.5000");
    }

    @Test
    void everyLanguageHasTheSameLabelsAndTheyFit() throws IOException {
        Properties english = labels("labels.properties");
        Properties german = labels("labels_de.properties");

        assertThat(german.keySet()).isEqualTo(english.keySet());
        for (Properties labels : List.of(english, german)) {
            assertThat(List.of("title", "synthetic", "signed"))
                    .allMatch(key -> labels.getProperty(key).length() < 21);
            assertThat(List.of(
                            "patient",
                            "patient.id",
                            "patient.born",
                            "accession",
                            "study.date",
                            "study",
                            "report",
                            "version",
                            "status",
                            "reader.REVIEWED",
                            "reader.SIGNED",
                            "reader.ADDENDED",
                            "reader.CORRECTED",
                            "reader.RETRACTED"))
                    .allMatch(key -> labels.getProperty(key).length() <= 12);
        }
        for (ReportChanged.Status status : ReportChanged.Status.values()) {
            if (status != ReportChanged.Status.UNKNOWN) {
                assertThat(english.getProperty("status." + status))
                        .isEqualTo(StandardStatus.of(status).text());
            }
        }
        for (ReportSigned.Status status : ReportSigned.Status.values()) {
            assertThat(english).containsKey("signed." + status);
        }
    }

    private static Properties labels(String name) throws IOException {
        Properties labels = new Properties();
        try (var in = TextReport.class.getResourceAsStream(name)) {
            labels.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return labels;
    }

    private String render(PatientContext context, StudyAnalyzed... outcomes) {
        Map<java.util.UUID, StudyAnalyzed> byId = new java.util.HashMap<>();
        for (StudyAnalyzed outcome : outcomes) {
            byId.put(outcome.outcomeId(), outcome);
        }
        Facts facts = Facts.at(
                T0,
                study.plan(FAR, CHEST, BONE),
                study.received(),
                context,
                context == null ? null : "sha256:x",
                byId,
                signed.stream().map(ReportSigned::signedReportId).collect(Collectors.toSet()));
        return TextReport.of(ReportView.of(
                study.reportKey(),
                2,
                17,
                ReportChanged.Status.DRAFT,
                AT,
                new Drafter(Wording.in(language), Certainty.standard()).draft(facts, BuiltIn.general()),
                context,
                signed));
    }

    private static String golden(String name) throws IOException {
        try (var in = TextReportTest.class.getResourceAsStream("/io/prelim/report/golden/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
