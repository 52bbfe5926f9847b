package io.prelim.report.render.sr;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DicomFile;
import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import io.prelim.report.draft.Certainty;
import io.prelim.report.draft.Drafter;
import io.prelim.report.draft.Facts;
import io.prelim.report.draft.Wording;
import io.prelim.report.render.ReportView;
import io.prelim.report.render.Reports;
import io.prelim.testkit.peers.Peers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report is as a structured report, as we read it and as DCMTK and dicom3tools do. */
class StructuredReportTest {
    private static final ModelReference CHEST = Studies.model("chest-pneumonia", ModelRole.ACTIVE, true);
    private static final ModelReference VOLUMES = Studies.active("effusion-volume");
    private static final Instant AT = Instant.parse("2026-03-01T08:00:07.25Z");
    private static final Code LUNG = new Code("SCT", "39607008", "Lung");

    private final Studies study = Studies.study("1.2.3");

    @TempDir
    Path folder;

    @Test
    void aDraftIsUnverifiedAndPreliminaryAndRefersToTheVersionBefore() throws IOException {
        DataSet document = written(view(2, Locale.ENGLISH, study.context(), study.found(CHEST, 0.8312), measured()));

        assertThat(document.string(Tag.SOP_CLASS_UID)).isEqualTo(Uid.ENHANCED_SR_STORAGE);
        assertThat(document.string(Tag.VERIFICATION_FLAG)).isEqualTo("UNVERIFIED");
        assertThat(document.string(Tag.PRELIMINARY_FLAG)).isEqualTo("PRELIMINARY");
        assertThat(document.string(Tag.COMPLETION_FLAG)).isEqualTo("COMPLETE");
        assertThat(document.string(Tag.STUDY_INSTANCE_UID)).isEqualTo(study.uid());
        assertThat(document.string(Tag.PATIENT_ID)).isEqualTo(Studies.ID);
        DataSet before = document.item(Tag.PREDECESSOR_DOCUMENTS_SEQUENCE).item(Tag.REFERENCED_SERIES_SEQUENCE);
        DataSet first = written(view(1, Locale.ENGLISH, study.context(), study.found(CHEST, 0.8312)));
        assertThat(before.item(Tag.REFERENCED_SOP_SEQUENCE).string(Tag.REFERENCED_SOP_INSTANCE_UID))
                .isEqualTo(first.string(Tag.SOP_INSTANCE_UID));
        assertThat(before.string(Tag.SERIES_INSTANCE_UID))
                .isEqualTo(first.string(Tag.SERIES_INSTANCE_UID))
                .isEqualTo(document.string(Tag.SERIES_INSTANCE_UID));
        assertThat(first.string(Tag.COMPLETION_FLAG)).isEqualTo("PARTIAL");
        assertThat(first.contains(Tag.PREDECESSOR_DOCUMENTS_SEQUENCE)).isFalse();
    }

    @Test
    void eachOrderIsARequest() throws IOException {
        DataSet document = written(Reports.samples().get("ordered"));

        List<DataSet> requests = document.items(Tag.REFERENCED_REQUEST_SEQUENCE);
        assertThat(requests)
                .extracting(request -> request.string(Tag.PLACER_ORDER_NUMBER_IMAGING_SERVICE_REQUEST))
                .containsExactly("PLACER-1", "PLACER-2");
        assertThat(requests.get(0).string(Tag.FILLER_ORDER_NUMBER_IMAGING_SERVICE_REQUEST))
                .isEqualTo("FILLER-1");
        assertThat(requests.get(1).item(Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE).string(Tag.CODE_VALUE))
                .isEqualTo("RIB");
        assertThat(requests)
                .allMatch(request -> request.contains(Tag.REFERENCED_STUDY_SEQUENCE)
                        && study.uid().equals(request.string(Tag.STUDY_INSTANCE_UID)));
    }

    @Test
    void everyImageReferredToIsInTheEvidence() throws IOException {
        DataSet document = written(view(1, Locale.ENGLISH, study.context(), study.found(CHEST, 0.8312), measured()));

        DataSet evidence = document.item(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE);
        assertThat(evidence.string(Tag.STUDY_INSTANCE_UID)).isEqualTo(study.uid());
        List<String> listed = evidence.items(Tag.REFERENCED_SERIES_SEQUENCE).stream()
                .flatMap(series -> series.items(Tag.REFERENCED_SOP_SEQUENCE).stream())
                .map(sop -> sop.string(Tag.REFERENCED_SOP_INSTANCE_UID))
                .toList();
        List<String> named = items(document)
                .flatMap(item -> item.items(Tag.REFERENCED_SOP_SEQUENCE).stream())
                .map(sop -> sop.string(Tag.REFERENCED_SOP_INSTANCE_UID))
                .distinct()
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(named).hasSize(2);
    }

    @Test
    void aFindingWithoutTheSeriesOfItsImageIsWrittenWithoutReference() throws IOException {
        Finding finding = study.finding(CHEST, "pneumonia", new Code("SCT", "233604007", "Pneumonia"), 0.9, 0.5);
        Finding bare = new Finding(
                finding.findingId(),
                finding.name(),
                finding.code(),
                null,
                null,
                finding.presence(),
                finding.probability(),
                finding.threshold(),
                finding.rawScore(),
                finding.calibration(),
                false,
                List.of(new Finding.ImageReference("1.2.3.1.1", "1.2.840.10008.5.1.4.1.1.1.1", 1)),
                null);

        DataSet document = written(view(
                1,
                Locale.ENGLISH,
                study.context(),
                study.outcome(CHEST, StudyAnalyzed.Status.FINDINGS, List.of(bare), null)));

        assertThat(document.contains(Tag.CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE))
                .isFalse();
        assertThat(items(document).map(item -> item.string(Tag.VALUE_TYPE)))
                .contains("NUM")
                .doesNotContain("IMAGE");
    }

    @Test
    void aSideIsToldWhetherOrNotASiteIs() throws IOException {
        for (Code site : Arrays.asList(LUNG, null)) {
            DataSet document = written(view(1, Locale.ENGLISH, study.context(), measured(site)));

            DataSet side = items(document)
                    .filter(item -> item.contains(Tag.CONCEPT_NAME_CODE_SEQUENCE))
                    .filter(item -> "272741003"
                            .equals(item.item(Tag.CONCEPT_NAME_CODE_SEQUENCE).string(Tag.CODE_VALUE)))
                    .findFirst()
                    .orElseThrow();
            assertThat(side.item(Tag.CONCEPT_CODE_SEQUENCE).string(Tag.CODE_MEANING))
                    .isEqualTo("Right");
        }
    }

    @Test
    void whatIsNoFormOfItsAttributeIsLeftOut() throws IOException {
        PatientContext hostile = new PatientContext(
                study.key(),
                study.uid(),
                1,
                Phi.of("Evil\\Other^Name"),
                Phi.of("x".repeat(65)),
                "is\\suer",
                Phi.of("not a date"),
                "\u202eM?",
                Phi.of("1234567890123456\\7"),
                "tomorrow",
                null,
                null,
                new Code("99LOCAL", "C\\1", "a\\b"),
                null);

        DataSet document = written(view(1, Locale.ENGLISH, hostile, study.found(CHEST, 0.8)));

        for (int tag : new int[] {
            Tag.PATIENT_NAME,
            Tag.PATIENT_ID,
            Tag.PATIENT_BIRTH_DATE,
            Tag.PATIENT_SEX,
            Tag.ACCESSION_NUMBER,
            Tag.STUDY_DATE
        }) {
            assertThat(document.contains(tag)).isTrue();
            assertThat(document.string(tag)).as(Tag.toString(tag)).isNull();
        }
        assertThat(document.contains(Tag.ISSUER_OF_PATIENT_ID)).isFalse();
        assertThat(document.item(Tag.PERFORMED_PROCEDURE_CODE_SEQUENCE).strings(Tag.CODE_MEANING))
                .hasSize(1);
    }

    @Test
    void whatIsSignedIsVerifiedByThoseWhoAnswerForIt() throws IOException {
        DataSet draft = written(Reports.settled(ReportChanged.Status.DRAFT, Locale.ENGLISH));
        Map<ReportChanged.Status, List<String>> verifying = Map.of(
                ReportChanged.Status.SIGNED, List.of("r.meier unknown 20260301075207+0000"),
                ReportChanged.Status.ADDENDED,
                        List.of("r.meier unknown 20260301075207+0000", "s_olga-1@clinic unknown 20260301075307+0000"),
                ReportChanged.Status.CORRECTED,
                        List.of("r.meier unknown 20260301075407+0000", "s_olga-1@clinic unknown 20260301075307+0000"));
        for (var each : verifying.entrySet()) {
            DataSet document = written(Reports.settled(each.getKey(), Locale.ENGLISH));

            assertThat(document.string(Tag.VERIFICATION_FLAG)).isEqualTo("VERIFIED");
            assertThat(document.string(Tag.PRELIMINARY_FLAG)).isEqualTo("FINAL");
            assertThat(document.string(Tag.COMPLETION_FLAG)).isEqualTo("COMPLETE");
            assertThat(document.items(Tag.VERIFYING_OBSERVER_SEQUENCE))
                    .extracting(reader -> reader.string(Tag.VERIFYING_OBSERVER_NAME) + " "
                            + reader.string(Tag.VERIFYING_ORGANIZATION) + " "
                            + reader.string(Tag.VERIFICATION_DATE_TIME))
                    .containsExactlyElementsOf(each.getValue());
            assertThat(document.items(Tag.VERIFYING_OBSERVER_SEQUENCE))
                    .allMatch(reader -> reader.contains(Tag.VERIFYING_OBSERVER_IDENTIFICATION_CODE_SEQUENCE));
            // a series is called by what is in it
            assertThat(document.string(Tag.SERIES_INSTANCE_UID)).isNotEqualTo(draft.string(Tag.SERIES_INSTANCE_UID));
            assertThat(document.string(Tag.SERIES_DESCRIPTION)).isEqualTo("Prelim report");
            assertThat(draft.string(Tag.SERIES_DESCRIPTION)).isEqualTo("Prelim preliminary report");
            assertThat(document.item(Tag.PREDECESSOR_DOCUMENTS_SEQUENCE)
                            .item(Tag.REFERENCED_SERIES_SEQUENCE)
                            .string(Tag.SERIES_INSTANCE_UID))
                    .isEqualTo(draft.string(Tag.SERIES_INSTANCE_UID));
        }
    }

    @Test
    void aReaderIsAnObserverAndWhatTheyWroteIsInIt() throws IOException {
        DataSet draft = written(Reports.settled(ReportChanged.Status.DRAFT, Locale.ENGLISH));
        DataSet reviewed = written(Reports.settled(ReportChanged.Status.REVIEWED, Locale.ENGLISH));
        DataSet added = written(Reports.settled(ReportChanged.Status.ADDENDED, Locale.ENGLISH));

        assertThat(persons(draft)).isEmpty();
        assertThat(persons(reviewed)).containsExactly(Reports.READER);
        assertThat(reviewed.string(Tag.VERIFICATION_FLAG)).isEqualTo("UNVERIFIED");
        assertThat(reviewed.contains(Tag.VERIFYING_OBSERVER_SEQUENCE)).isFalse();
        assertThat(persons(added)).containsExactly(Reports.READER, Reports.SECOND);
        assertThat(items(added).filter(item -> "TEXT".equals(item.string(Tag.VALUE_TYPE))))
                .last()
                .satisfies(text -> assertThat(text.string(Tag.TEXT_VALUE)).isEqualTo("Addendum: " + Reports.ADDENDUM));
    }

    @Test
    void whatIsTakenBackIsNoDocument() {
        ReportView view = Reports.settled(ReportChanged.Status.RETRACTED, Locale.ENGLISH);

        assertThatThrownBy(() -> StructuredReport.of(view, Reports.before(view), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(StructuredReport.sent(ReportChanged.Status.RETRACTED, true)).isFalse();
        assertThat(StructuredReport.sent(ReportChanged.Status.DRAFT, false)).isFalse();
        assertThat(StructuredReport.sent(ReportChanged.Status.SIGNED, false)).isTrue();
    }

    private static List<String> persons(DataSet item) {
        return item.items(Tag.CONTENT_SEQUENCE).stream()
                .filter(child -> "HAS OBS CONTEXT".equals(child.string(Tag.RELATIONSHIP_TYPE)))
                .map(child -> child.string(Tag.PERSON_NAME))
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    @org.junit.jupiter.api.Tag("full")
    void dicom3toolsFindsNoError() throws IOException, InterruptedException {
        Path dciodvfy = Peers.require("dciodvfy", "dicom3tools");
        for (Map.Entry<String, ReportView> each : views().entrySet()) {
            String said = run(dciodvfy, write(each.getKey(), each.getValue()));
            assertThat(said.lines().filter(line -> line.startsWith("Error")))
                    .as(each.getKey())
                    .isEmpty();
        }
    }

    @Test
    @org.junit.jupiter.api.Tag("full")
    void dcmtkReadsWhatTheReportSays() throws IOException, InterruptedException {
        Path dsrdump = Peers.require("dsrdump", "dcmtk");
        for (Map.Entry<String, ReportView> each : views().entrySet()) {
            String said =
                    run(dsrdump, write(each.getKey(), each.getValue()), "--print-long-values", "--convert-to-utf8");

            assertThat(said).as(each.getKey()).contains("Imaging Measurement Report");
            // of UTF-8 it checks no representations, and says so
            assertThat(said.lines().filter(line -> line.startsWith("W:") || line.startsWith("E:")))
                    .as(each.getKey())
                    .allMatch(line -> line.contains("The VR checker does not support"));
            for (ReportView.SectionView section : each.getValue().sections()) {
                if (section.section().name().equals("FINDINGS")
                        || section.section().name().equals("IMPRESSION")) {
                    section.sentences()
                            .forEach(sentence -> assertThat(said)
                                    .as(each.getKey())
                                    .contains(sentence.text().reveal()));
                }
            }
        }
        String measured = run(dsrdump, folder.resolve("settled.dcm"), "--print-long-values");
        assertThat(measured).contains("83.12", "1234.5", "Right", "Lung", "Present");
    }

    private Map<String, ReportView> views() {
        Map<String, ReportView> views = new LinkedHashMap<>();
        views.put("growing", view(1, Locale.ENGLISH, null));
        views.put("first", view(1, Locale.ENGLISH, study.context(), study.found(CHEST, 0.03)));
        views.put("settled", view(2, Locale.ENGLISH, study.context(), study.found(CHEST, 0.8312), measured()));
        for (ReportChanged.Status status : ReportChanged.Status.values()) {
            if (StructuredReport.sent(status, true)) {
                views.put(status.name(), Reports.settled(status, Locale.GERMAN));
            }
        }
        views.put("german", view(3, Locale.GERMAN, study.context(), study.found(CHEST, 0.8312), measured()));
        views.put(
                "failed",
                view(
                        4,
                        Locale.GERMAN,
                        study.context(),
                        study.outcome(CHEST, StudyAnalyzed.Status.FAILED, "model-late", "Äußerst spät."),
                        study.outcome(VOLUMES, StudyAnalyzed.Status.NOT_APPLICABLE, "out-of-scope", "No volume.")));
        return views;
    }

    /** An effusion on the right, measured. */
    private StudyAnalyzed measured() {
        return measured(LUNG);
    }

    private StudyAnalyzed measured(Code site) {
        Finding finding = new Finding(
                Ids.finding(study.outcomeId(VOLUMES), "effusion"),
                "effusion",
                new Code("SCT", "60046008", "Pleural effusion"),
                site,
                "R",
                Finding.Presence.PRESENT,
                1,
                0.5,
                1234.5,
                "none",
                false,
                List.of(new Finding.ImageReference("1.2.3.2.1", Uid.CT_IMAGE_STORAGE, 1, "1.2.3.2")),
                null,
                List.of(new Finding.Measurement(new Code("SCT", "118565006", "Volume"), 1234.5, "mL")));
        return study.outcome(VOLUMES, StudyAnalyzed.Status.FINDINGS, List.of(finding), null);
    }

    private ReportView view(int version, Locale language, PatientContext context, StudyAnalyzed... outcomes) {
        return view(version, ReportChanged.Status.DRAFT, language, context, outcomes);
    }

    private ReportView view(
            int version,
            ReportChanged.Status status,
            Locale language,
            PatientContext context,
            StudyAnalyzed... outcomes) {
        Map<UUID, StudyAnalyzed> byId = new HashMap<>();
        for (StudyAnalyzed outcome : outcomes) {
            byId.put(outcome.outcomeId(), outcome);
        }
        Facts facts = Facts.at(
                T0,
                study.plan(FAR, CHEST, VOLUMES),
                study.received(),
                context,
                context == null ? null : "sha256:x",
                byId,
                Set.of());
        return ReportView.of(
                study.reportKey(),
                version,
                17,
                status,
                AT,
                new Drafter(Wording.in(language), Certainty.standard()).draft(facts, BuiltIn.general()),
                context,
                List.of());
    }

    private static DataSet written(ReportView view) throws IOException {
        return DicomFile.read(new ByteArrayInputStream(bytes(view)), ReadLimits.DEFAULT)
                .dataSet();
    }

    private static byte[] bytes(ReportView view) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StructuredReport.of(view, Reports.before(view), Map.of()).write(out);
        return out.toByteArray();
    }

    private static Stream<DataSet> items(DataSet item) {
        return item.items(Tag.CONTENT_SEQUENCE).stream()
                .flatMap(child -> Stream.concat(Stream.of(child), items(child)));
    }

    private Path write(String name, ReportView view) throws IOException {
        return Files.write(folder.resolve(name + ".dcm"), bytes(view));
    }

    private static String run(Path program, Path file, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(options));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
