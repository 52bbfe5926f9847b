package io.prelim.report.render;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.HL7Exception;
import io.prelim.dicom.core.Uid;
import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.Studies;
import io.prelim.report.draft.Evidence;
import io.prelim.report.draft.Facts;
import io.prelim.report.draft.Prior;
import io.prelim.report.render.fhir.FhirReport;
import io.prelim.report.render.fhir.FhirReportTest;
import io.prelim.report.render.sr.StructuredReport;
import io.prelim.report.template.Section;
import io.prelim.testkit.peers.Peers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;

/**
 * Every rendering of a report says the same: findings with code, site, side, presence and numbers, sentences, status, readers and ids, as
 * HAPI, DCMTK, PDFBox and a browser's parser read them.
 */
class AgreementTest {
    private static final Studies EARLIER = Studies.study("1.2.2");
    private static final List<String> MODELS = List.of("alpha", "beta", "gamma");
    private static final List<Code> CODES = List.of(
            new Code("SCT", "233604007", "Pneumonia"),
            new Code("SCT", "60046008", "Pleural effusion"),
            new Code("99X", "{0}|&^~<b>", "it''s {1} 100% <script>|^~\\&</script> Äß"));
    private static final List<Code> SITES = List.of(Reports.LUNG, new Code("RADLEX", "RID1301", "lung"));

    /** @param volume mL; null of a finding that is not measured */
    record Thing(
            int model,
            int code,
            Code site,
            String side,
            Finding.Presence presence,
            double probability,
            Double volume) {}

    @Provide
    Arbitrary<Thing> things() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, MODELS.size() - 1),
                        Arbitraries.integers().between(0, CODES.size() - 1),
                        Arbitraries.of(SITES).injectNull(0.4),
                        Arbitraries.of("L", "R", "B").injectNull(0.4),
                        Arbitraries.of(Finding.Presence.class),
                        Arbitraries.doubles().between(0, 1).ofScale(4),
                        Arbitraries.doubles().between(0, 5000).ofScale(3).injectNull(0.7))
                .as(Thing::new);
    }

    @Provide
    Arbitrary<ReportChanged.Status> statuses() {
        return Arbitraries.of(ReportChanged.Status.class).filter(status -> status != ReportChanged.Status.UNKNOWN);
    }

    @Property(tries = 60, seed = "11", shrinking = ShrinkingMode.OFF)
    void generatedReportsAgree(
            @ForAll @Size(max = 8) List<@From("things") Thing> things,
            @ForAll @Size(max = 3) List<@From("things") Thing> then,
            @ForAll @From("statuses") ReportChanged.Status status,
            @ForAll boolean german)
            throws HL7Exception, IOException {
        agree(view(things, then, status, german));
    }

    @Example
    void samplesAgreeInEveryStatus() throws HL7Exception, IOException {
        for (ReportView sample : Reports.samples().values()) {
            agree(sample);
        }
        for (ReportChanged.Status status : ReportChanged.Status.values()) {
            if (status != ReportChanged.Status.UNKNOWN) {
                agree(Reports.settled(status, Locale.GERMAN));
            }
        }
    }

    @Tag("full")
    @Property(tries = 40, seed = "11", shrinking = ShrinkingMode.OFF)
    void structuredReportsAgree(
            @ForAll @Size(max = 8) List<@From("things") Thing> things,
            @ForAll @Size(max = 3) List<@From("things") Thing> then,
            @ForAll @From("statuses") ReportChanged.Status status,
            @ForAll boolean german)
            throws Exception {
        if (status != ReportChanged.Status.RETRACTED) {
            agreeInDicom(view(things, then, status, german));
        }
    }

    @Tag("full")
    @Example
    void samplesAgreeInDicom() throws Exception {
        for (ReportView sample : Reports.samples().values()) {
            agreeInDicom(sample);
        }
    }

    private static void agree(ReportView view) throws HL7Exception, IOException {
        StandardStatus status = StandardStatus.of(view.status());
        List<Said> findings = view.findings().stream().map(Said::of).toList();
        List<String> sentences = sentences(view, Section.values());
        List<Evidence.OfFinding> found = view.findings();

        Readings fhir = Readings.fhir(view);
        assertThat(fhir.findings()).as("FHIR").containsExactlyElementsOf(findings);
        assertThat(fhir.sentences()).as("FHIR").containsExactlyElementsOf(orNotStated(view));
        assertThat(fhir.ids()).containsExactly(view.reportKey().toString(), Integer.toString(view.version()));
        assertThat(fhir.status().get(0)).isEqualTo(status.diagnosticReport());
        assertThat(fhir.status().subList(1, fhir.status().size()))
                .hasSameSizeAs(found)
                .allMatch(status.observation()::equals);

        List<Attestation> responsible = Attestation.responsible(view.readers());
        assertThat(fhir.readers())
                .as("FHIR")
                .containsExactlyElementsOf(
                        responsible.stream().map(Attestation::by).toList());

        Readings hl7 = Readings.hl7(view);
        assertThat(hl7.findings())
                .as("HL7")
                .containsExactlyElementsOf(findings.stream().map(Readings::uid).toList());
        assertThat(hl7.sentences()).as("HL7").containsExactlyElementsOf(sentences);
        assertThat(hl7.ids()).containsExactly(view.studyInstanceUid());
        assertThat(hl7.status().get(0)).isEqualTo(status.obr25());
        assertThat(hl7.status().subList(1, hl7.status().size())).allMatch(status.obx11()::equals);
        Attestation principal = Attestation.principal(view.readers());
        assertThat(hl7.readers())
                .as("HL7")
                .isEqualTo(
                        principal == null
                                ? List.of()
                                : List.of(principal.by() + " "
                                        + Heading.time(principal.at()).replaceAll("[-:TZ]", "") + "+0000"));

        String shown = Labels.in(view.language()).of("status." + view.status().name());
        Readings html = Readings.html(view);
        assertThat(html.findings()).as("HTML").containsExactlyInAnyOrderElementsOf(findings);
        assertThat(html.sentences()).as("HTML").containsExactlyElementsOf(sentences);
        assertThat(html.status()).containsExactly(shown);
        assertThat(html.ids())
                .contains(view.reportKey().toString(), view.studyInstanceUid())
                .containsAll(readers(view));

        for (Readings read : List.of(Readings.pdf(view), Readings.words(TextReport.of(view)))) {
            assertThat(read.findings()).as("PDF, text").containsExactlyInAnyOrderElementsOf(findings);
            // a long word is broken where its line ends
            assertThat(closed(read.words()))
                    .contains(Stream.concat(sentences.stream(), readers(view).stream())
                            .map(AgreementTest::closed)
                            .toList())
                    .contains(closed(shown), view.reportKey().toString());
        }
    }

    /** As people are told. */
    private static List<String> readers(ReportView view) {
        assertThat(view.readers().isEmpty()).isEqualTo(view.status() == ReportChanged.Status.DRAFT);
        return view.readers().stream()
                .map(each -> Labels.in(view.language()).of("reader.line", each.by(), Heading.time(each.at())))
                .toList();
    }

    private static void agreeInDicom(ReportView view) throws Exception {
        Readings sr = dsr2xml(view);
        StandardStatus status = StandardStatus.of(view.status());

        assertThat(sr.findings())
                .containsExactlyElementsOf(view.findings().stream()
                        .map(Said::of)
                        .map(Readings::uid)
                        .toList());
        assertThat(sr.sentences()).containsExactlyElementsOf(sentences(view, Section.FINDINGS, Section.IMPRESSION));
        assertThat(sr.status()).containsExactly(status.verificationFlag(), status.preliminaryFlag());
        assertThat(sr.readers())
                .containsExactlyElementsOf(
                        status.verified()
                                ? Attestation.responsible(view.readers()).stream()
                                        .map(Attestation::by)
                                        .toList()
                                : List.of());
        assertThat(sr.ids())
                .containsExactly(view.studyInstanceUid(), Uid.of(Ids.document(view.reportKey(), view.version())));
        assertThat(FhirReportTest.errors(FhirReport.json(view))).isEmpty();
    }

    private static List<String> sentences(ReportView view, Section... of) {
        return view.sections().stream()
                .filter(section -> List.of(of).contains(section.section()))
                .flatMap(section -> section.sentences().stream())
                .map(sentence -> sentence.text().reveal())
                .toList();
    }

    private static String closed(String text) {
        return text.replace(" ", "");
    }

    private static List<String> orNotStated(ReportView view) {
        List<String> all = new ArrayList<>();
        for (ReportView.SectionView section : view.sections()) {
            List<String> said = sentences(view, section.section());
            all.addAll(said.isEmpty() ? List.of(Labels.in(view.language()).of("not-stated")) : said);
        }
        return all;
    }

    private static Readings dsr2xml(ReportView view) throws Exception {
        Path program = Peers.require("dsr2xml", "dcmtk");
        Path file = Files.createTempFile("report", ".dcm");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                StructuredReport.of(view, Reports.before(view), Map.of()).write(out);
            }
            Process process = new ProcessBuilder(program.toString(), "--quiet", file.toString()).start();
            byte[] xml = process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).isZero();
            return Readings.sr(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml)));
        } finally {
            Files.delete(file);
        }
    }

    private static ReportView view(List<Thing> things, List<Thing> then, ReportChanged.Status status, boolean german) {
        Map<UUID, StudyAnalyzed> outcomes = new HashMap<>();
        outcomes(Reports.STUDY, things).forEach(outcome -> outcomes.put(outcome.outcomeId(), outcome));
        ModelReference[] models = MODELS.stream().map(Studies::active).toArray(ModelReference[]::new);
        Facts facts = Facts.at(
                        T0,
                        Reports.STUDY.plan(FAR, models),
                        Reports.STUDY.received(),
                        Reports.STUDY.context(),
                        "sha256:x",
                        outcomes,
                        Set.of())
                .with(List.of(
                        new Prior(EARLIER.reportKey(), 2, EARLIER.key(), 1, "20250214", outcomes(EARLIER, then))));
        return Reports.view(2, status, german ? Locale.GERMAN : Locale.ENGLISH, Reports.STUDY.context(), facts);
    }

    /** One answer of each model. */
    private static List<StudyAnalyzed> outcomes(Studies of, List<Thing> things) {
        List<StudyAnalyzed> outcomes = new ArrayList<>();
        for (int model = 0; model < MODELS.size(); model++) {
            ModelReference reference = Studies.active(MODELS.get(model));
            List<Finding> findings = new ArrayList<>();
            for (Thing thing : things) {
                if (thing.model == model) {
                    String name = "finding-" + findings.size();
                    findings.add(new Finding(
                            Ids.finding(of.outcomeId(reference), name),
                            name,
                            CODES.get(thing.code),
                            thing.site,
                            thing.side,
                            thing.presence,
                            thing.probability,
                            0.5,
                            1,
                            "platt",
                            false,
                            List.of(new Finding.ImageReference("1.2.3.4.5", Uid.CT_IMAGE_STORAGE, 0, "1.2.3.4")),
                            null,
                            thing.volume == null
                                    ? List.of()
                                    : List.of(new Finding.Measurement(Reports.VOLUME, thing.volume, "mL"))));
                }
            }
            outcomes.add(of.outcome(reference, StudyAnalyzed.Status.FINDINGS, findings, null));
        }
        return outcomes;
    }
}
