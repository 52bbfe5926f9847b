package io.prelim.report.render;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.T0;

import io.prelim.dicom.core.Uid;
import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.OrderReference;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.events.ReportChanged;
import io.prelim.events.StudyAnalyzed;
import io.prelim.report.BuiltIn;
import io.prelim.report.Studies;
import io.prelim.report.draft.Certainty;
import io.prelim.report.draft.Draft;
import io.prelim.report.draft.Drafter;
import io.prelim.report.draft.Facts;
import io.prelim.report.draft.Wording;
import io.prelim.report.render.sr.StructuredReport;
import io.prelim.report.review.Holding;
import io.prelim.report.review.Reviewing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reports to render. */
public final class Reports {
    public static final Studies STUDY = Studies.study("1.2.3");
    public static final ModelReference CHEST = Studies.model("chest-pneumonia", ModelRole.ACTIVE, true);
    public static final ModelReference VOLUMES = Studies.active("effusion-volume");
    public static final Instant AT = Instant.parse("2026-03-01T08:00:07.25Z");
    public static final Code LUNG = new Code("SCT", "39607008", "Lung");
    public static final Code VOLUME = new Code("SCT", "118565006", "Volume");

    /** Who reviews, signs, corrects and takes back; who reviews before and adds. */
    public static final String READER = "r.meier";

    public static final String SECOND = "s_olga-1@clinic";

    /** Of who adds, to what is added to, corrected or taken back. */
    public static final String ADDENDUM = "Compared with films of Łódź | 2025.";

    private static final ReportChanged.Status DRAFT = ReportChanged.Status.DRAFT;

    private Reports() {}

    /** One of each kind. */
    public static Map<String, ReportView> samples() {
        Map<String, ReportView> views = new LinkedHashMap<>();
        views.put("growing", view(1, DRAFT, Locale.ENGLISH, null));
        views.put("first", view(1, DRAFT, Locale.ENGLISH, STUDY.context(), STUDY.found(CHEST, 0.03)));
        views.put("settled", settled(DRAFT, Locale.ENGLISH));
        views.put("german", settled(DRAFT, Locale.GERMAN));
        views.put("ordered", view(3, DRAFT, Locale.GERMAN, ordered(), STUDY.found(CHEST, 0.51)));
        views.put("hostile", view(2, DRAFT, Locale.GERMAN, hostile(), hostileFinding()));
        views.put(
                "synthetic", view(2, DRAFT, Locale.ENGLISH, STUDY.context("SYNTHETIC chest"), STUDY.found(CHEST, 0.5)));
        views.put(
                "failed",
                view(
                        4,
                        DRAFT,
                        Locale.GERMAN,
                        STUDY.context(),
                        STUDY.outcome(CHEST, StudyAnalyzed.Status.FAILED, "model-late", "Äußerst spät."),
                        STUDY.outcome(VOLUMES, StudyAnalyzed.Status.NOT_APPLICABLE, "out-of-scope", "No volume.")));
        return views;
    }

    public static ReportView settled(ReportChanged.Status status, Locale language) {
        return view(2, status, language, STUDY.context(), STUDY.found(CHEST, 0.8312), measured(LUNG));
    }

    /** An effusion on the right, measured. */
    public static StudyAnalyzed measured(Code site) {
        return STUDY.outcome(
                VOLUMES,
                StudyAnalyzed.Status.FINDINGS,
                List.of(new Finding(
                        Ids.finding(STUDY.outcomeId(VOLUMES), "effusion"),
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
                        List.of(new Finding.Measurement(VOLUME, 1234.5, "mL")))),
                null);
    }

    private static PatientContext ordered() {
        PatientContext context = STUDY.context();
        return new PatientContext(
                context.studyKey(),
                context.studyInstanceUid(),
                1,
                Phi.of("Müller^Łukasz Jürgen^Ω^Dr.^Jr."),
                context.patientId(),
                context.issuer(),
                context.birthDate(),
                "F",
                context.accessionNumber(),
                context.studyDate(),
                context.studyDescription(),
                context.indication(),
                new Code("SCT", "399208008", "Plain chest X-ray"),
                List.of(
                        new OrderReference(
                                UUID.fromString("00000000-0000-5000-8000-000000000001"),
                                Phi.of("PLACER-1"),
                                Phi.of("FILLER-1"),
                                new Code("99LOCAL", "CXR2", "Thorax in 2 Ebenen")),
                        new OrderReference(
                                UUID.fromString("00000000-0000-5000-8000-000000000002"),
                                Phi.of("PLACER-2"),
                                null,
                                new Code("99LOCAL", "RIB", "Rippen links"))));
    }

    /** Delimiters, markup and terminators in everything that comes from outside. */
    private static PatientContext hostile() {
        return new PatientContext(
                STUDY.key(),
                STUDY.uid(),
                1,
                Phi.of("<script>alert(1)</script>|PID^^~\\.br\\&amp;\rOBX|1^Ä\u0000"),
                Phi.of("\"><img src=x onerror=alert(1)>|~^\\T\\"),
                "is&su|er",
                Phi.of("19991399"),
                "X",
                Phi.of("]]>-->|\\F\\"),
                "20261301",
                Phi.of("{page.style}<style>@import url(http://example.org)</style>"),
                Phi.of("</p></main><iframe src='//example.org'></iframe> \\H\\ & | ^ ~ \u202eolleh"),
                null,
                null);
    }

    private static StudyAnalyzed hostileFinding() {
        ModelReference model = CHEST;
        return STUDY.found(
                model,
                "<b onclick=x>|^~\\&</b>",
                new Code("99<X>", "a|b^c~d&e", "<script>x</script> | ^ & \\S\\"),
                0.9,
                0.5);
    }

    public static ReportView view(
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
                STUDY.plan(FAR, CHEST, VOLUMES),
                STUDY.received(),
                context,
                context == null ? null : "sha256:x",
                byId,
                Set.of());
        return view(version, status, language, context, facts);
    }

    public static ReportView view(
            int version, ReportChanged.Status status, Locale language, PatientContext context, Facts facts) {
        Draft draft = new Drafter(Wording.in(language), Certainty.standard()).draft(facts, BuiltIn.general());
        Map<UUID, Phi<String>> words = Map.of();
        if (status.compareTo(ReportChanged.Status.ADDENDED) >= 0) {
            Reviewing.Result added = Reviewing.addend(draft, Phi.of(ADDENDUM), SECOND, AT, STUDY.reportKey());
            draft = added.draft();
            words = added.words();
        }
        return ReportView.of(
                STUDY.reportKey(),
                version,
                17,
                status,
                AT,
                draft,
                context,
                List.of(),
                new ReportView.Words(context, words, done(status)));
    }

    /** With a proposal or a discrepancy beside it: what was probable is not found in the images that came since. */
    public static ReportView revised(boolean signed, Locale language) {
        Drafter drafter = new Drafter(Wording.in(language), Certainty.standard());
        Draft before = Holding.freeze(drafter.draft(facts(STUDY.found(CHEST, 0.8312)), BuiltIn.general()));
        Draft now = drafter.draft(facts(STUDY.found(CHEST, 0.02)), BuiltIn.general());
        return ReportView.of(
                STUDY.reportKey(),
                4,
                17,
                signed ? ReportChanged.Status.SIGNED : ReportChanged.Status.REVIEWED,
                AT,
                signed ? Holding.contrast(before, now) : Holding.propose(before, now),
                STUDY.context(),
                List.of());
    }

    private static Facts facts(StudyAnalyzed outcome) {
        return Facts.at(
                T0,
                STUDY.plan(FAR, CHEST),
                STUDY.received(),
                STUDY.context(),
                "sha256:x",
                Map.of(outcome.outcomeId(), outcome),
                Set.of());
    }

    /** The version before, as the predecessor of the document of one; null for none. */
    public static StructuredReport.Version before(ReportView view) {
        return view.version() == 1
                ? null
                : new StructuredReport.Version(view.version() - 1, ReportChanged.Status.REVIEWED);
    }

    /** How a report may become one of a status: reviewed twice, signed, added to by another, corrected, taken back. */
    private static List<Attestation> done(ReportChanged.Status status) {
        List<Attestation> done = new ArrayList<>();
        if (status != DRAFT) {
            done.add(new Attestation(ReportChanged.Status.REVIEWED, SECOND, AT.minusSeconds(900)));
        }
        for (ReportChanged.Status act : ReportChanged.Status.values()) {
            if (act != DRAFT && act.compareTo(status) <= 0) {
                String by = act == ReportChanged.Status.ADDENDED ? SECOND : READER;
                done.add(new Attestation(act, by, AT.minusSeconds(600 - 60L * act.ordinal())));
            }
        }
        return done;
    }
}
