package io.prelim.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One full example of each document, every field set. */
final class Samples {
    private static final UUID STUDY = Ids.study("default", "2.25.1001");
    private static final Instant TIME = Instant.parse("2026-11-24T08:00:00Z");
    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final String UID = "2.25.1001";
    private static final PartReference MANIFEST =
            new PartReference(Ids.v5("part", "manifest"), PartClass.MANIFEST, 2048, DIGEST);
    private static final PartReference PIXELS =
            new PartReference(Ids.v5("part", "pixels"), PartClass.PIXELS, 524288, DIGEST);
    private static final ModelReference MODEL = new ModelReference(
            "chest-pneumonia",
            "chest-pneumonia-paediatric",
            "1.0.0",
            "Paediatric chest radiograph, pneumonia",
            DIGEST,
            DIGEST,
            ModelRole.ACTIVE,
            true);
    private static final UUID OUTCOME = Ids.outcome(STUDY, DIGEST, DIGEST, DIGEST);
    private static final UUID BACKFILL = Ids.v5("backfill", "sample");
    private static final AnalysisPlanned PLAN = new AnalysisPlanned(
            Ids.plan(STUDY, 1, DIGEST),
            STUDY,
            UID,
            1,
            DIGEST,
            Priority.STAT,
            List.of(new AnalysisPlanned.Planned(MODEL, OUTCOME, TIME.plusSeconds(60), DIGEST, true)),
            List.of(new AnalysisPlanned.Declined(MODEL, "modality MR is none of CR, DX")),
            TIME,
            BACKFILL);
    private static final IdentityKeys KEYS = new IdentityKeys("the secret of the samples");
    private static final Patient PATIENT =
            new Patient("default", Phi.of("S-1"), Phi.of("SAMPLE^ONE"), Phi.of("20230101"), "F");
    private static final Order ORDER = new Order(
            "default",
            Phi.of("P-1"),
            Phi.of("F-1"),
            "default",
            Phi.of("A-1"),
            UID,
            PATIENT,
            new Code("L", "CXR", "Chest radiograph"),
            Priority.STAT,
            Phi.of("cough"),
            Order.Status.SCHEDULED,
            "default");
    private static final UUID SIGNED_REPORT = Ids.v5("hl7", "report", "sample");
    private static final UUID ORDER_KEY = KEYS.order("default", ORDER.number());

    private Samples() {}

    static Object of(Class<?> document) {
        return all().stream().filter(document::isInstance).findFirst().orElseThrow();
    }

    private static List<Object> all() {
        return List.of(
                new OrderPlaced(ORDER_KEY, ORDER, TIME),
                new OrderChanged(ORDER_KEY, ORDER, TIME.plusSeconds(60)),
                new PatientUpdated(KEYS.patient("default", PATIENT.id()), PATIENT, TIME),
                new PatientMerged(
                        KEYS.patient("default", PATIENT.id()),
                        PATIENT,
                        KEYS.patient("clinic", Phi.of("S-0")),
                        new Patient("clinic", Phi.of("S-0"), Phi.of("SAMPLE^O"), Phi.of("20230101"), "F"),
                        TIME),
                new StudyReceived(
                        STUDY,
                        UID,
                        1,
                        DIGEST,
                        Priority.STAT,
                        "default",
                        new Code("LOCAL", "CXR", "Chest radiograph"),
                        new Subject("1-5", "F"),
                        1,
                        List.of(new SeriesSummary("2.25.1002", "DX", "CHEST", "AP", "U", 1, false, DIGEST, "ACME")),
                        MANIFEST,
                        TIME,
                        TIME.plusSeconds(5),
                        null,
                        List.of(OUTCOME),
                        PLAN,
                        new StudyReceived.Backfill(BACKFILL, "chest-pneumonia")),
                new PatientContext(
                        STUDY,
                        UID,
                        1,
                        Phi.of("SAMPLE^ONE"),
                        Phi.of("S-1"),
                        "default",
                        Phi.of("20230101"),
                        "F",
                        Phi.of("A-1"),
                        "20261124",
                        Phi.of("SYNTHETIC chest"),
                        Phi.of("cough"),
                        new Code("SCT", "399208008", "Plain chest X-ray"),
                        List.of(new OrderReference(
                                ORDER_KEY, ORDER.placerOrderNumber(), ORDER.fillerOrderNumber(), ORDER.procedure()))),
                PLAN,
                new AnalysisRequested(
                        OUTCOME,
                        STUDY,
                        UID,
                        1,
                        DIGEST,
                        MODEL,
                        Priority.STAT,
                        MANIFEST,
                        List.of("2.25.1003"),
                        TIME,
                        TIME.plusSeconds(60)),
                new StudyAnalyzed(
                        OUTCOME,
                        STUDY,
                        UID,
                        1,
                        DIGEST,
                        MODEL,
                        StudyAnalyzed.Status.FINDINGS,
                        List.of(new Finding(
                                Ids.finding(OUTCOME, "pneumonia"),
                                "pneumonia",
                                new Code("SCT", "233604007", "Pneumonia"),
                                new Code("SCT", "39607008", "Lung"),
                                "B",
                                Finding.Presence.PRESENT,
                                0.91,
                                0.5,
                                2.2,
                                "platt",
                                true,
                                List.of(new Finding.ImageReference(
                                        "2.25.1003", "1.2.840.10008.5.1.4.1.1.1.1", 1, "2.25.1002")),
                                PIXELS,
                                List.of(new Finding.Measurement(new Code("SCT", "118565006", "Volume"), 12.5, "mL")))),
                        new StudyAnalyzed.Reason("none", "no reason"),
                        "CPU",
                        1,
                        new StudyAnalyzed.Timings(1, 2, 3, 4),
                        TIME.plusSeconds(9)),
                new ReportChanged(
                        Ids.report(STUDY),
                        List.of(STUDY),
                        List.of(UID),
                        1,
                        42,
                        1,
                        ReportChanged.Status.DRAFT,
                        true,
                        Priority.STAT,
                        List.of(OUTCOME),
                        TIME.plusSeconds(10),
                        List.of(SIGNED_REPORT)),
                new ReportSigned(
                        STUDY,
                        UID,
                        SIGNED_REPORT,
                        "engine",
                        ReportSigned.Status.FINAL,
                        TIME.plusSeconds(600),
                        Phi.of("FINDINGS\nSAMPLE has pneumonia.")),
                new ReportReviewed(
                        Ids.v5("review", "sample"),
                        Ids.report(STUDY),
                        List.of(STUDY),
                        List.of(UID),
                        1,
                        ReportReviewed.Source.REPORTING_SYSTEM,
                        SIGNED_REPORT,
                        List.of(new ReportReviewed.Difference(
                                Ids.finding(OUTCOME, "pneumonia"),
                                Ids.v5("sentence", "sample"),
                                "pneumonia",
                                new Code("SCT", "233604007", "Pneumonia"),
                                new Code("SCT", "39607008", "Lung"),
                                "B",
                                MODEL,
                                Finding.Presence.PRESENT,
                                0.91,
                                ReportReviewed.Kind.REMOVED,
                                true)),
                        TIME.plusSeconds(700)),
                new StudyManifest(
                        STUDY,
                        UID,
                        1,
                        List.of(new StudyManifest.Image(
                                "2.25.1003",
                                "1.2.840.10008.5.1.4.1.1.1.1",
                                "2.25.1002",
                                "1.2.840.10008.1.2.1",
                                1,
                                "DX",
                                "CHEST",
                                "AP",
                                "U",
                                "Prelim",
                                false,
                                512,
                                512,
                                1,
                                1,
                                0,
                                "MONOCHROME2",
                                16,
                                12,
                                11,
                                0,
                                List.of(2048.0),
                                List.of(4096.0),
                                1.0,
                                0.0,
                                List.of(0.2, 0.2),
                                List.of(0.0, 0.0, 0.0),
                                List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
                                PIXELS,
                                "2.25.1009"))));
    }
}
