package io.prelim.report;

import io.prelim.events.AnalysisPlanned;
import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.Ids;
import io.prelim.events.ModelReference;
import io.prelim.events.ModelRole;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.events.PatientContext;
import io.prelim.events.Phi;
import io.prelim.events.Priority;
import io.prelim.events.ReportSigned;
import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.events.Subject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Facts about one study for tests: an adult's chest radiograph and the models that may look at it. */
public record Studies(String uid, UUID key, int revision) {
    public static final Instant T0 = Instant.parse("2026-03-01T08:00:00Z");
    public static final Instant FAR = Instant.parse("2096-03-01T08:00:00Z");
    public static final String NAME = "Canary^Zebulon";
    public static final String ID = "CANARY-4711";
    public static final String ACCESSION = "ACC-CANARY-99";
    public static final String BIRTH = "19450807";

    public static Studies study(String uid) {
        return new Studies(uid, Ids.study("default", uid), 1);
    }

    /** A study no other test has. */
    public static Studies fresh() {
        UUID random = UUID.randomUUID();
        return study("2.25." + new java.math.BigInteger(random.toString().replace("-", ""), 16));
    }

    public Studies revised() {
        return new Studies(uid, key, revision + 1);
    }

    public UUID reportKey() {
        return Ids.report(key);
    }

    public String input() {
        return digest("input" + uid + revision);
    }

    public StudyReceived received() {
        return received(Priority.ROUTINE);
    }

    public StudyReceived received(Priority priority) {
        return new StudyReceived(
                key,
                uid,
                revision,
                input(),
                priority,
                "default",
                null,
                new Subject("65-89", "M"),
                2,
                List.of(
                        new SeriesSummary(uid + ".1", "DX", "CHEST", "PA", null, 1, false, null, "ACME Imaging"),
                        new SeriesSummary(uid + ".2", "DX", "CHEST", "LATERAL", null, 1, false, null)),
                new PartReference(Ids.v5("part", uid), PartClass.MANIFEST, 10, digest("manifest")),
                T0,
                T0.plusSeconds(2));
    }

    /** The same of another site. */
    public StudyReceived receivedAt(String site) {
        StudyReceived here = received();
        return new StudyReceived(
                key,
                uid,
                revision,
                here.inputDigest(),
                here.priority(),
                site,
                null,
                here.subject(),
                here.instances(),
                here.series(),
                here.manifest(),
                T0,
                T0.plusSeconds(2));
    }

    /** A revision of which every image was taken back. */
    public StudyReceived withdrawn() {
        return new StudyReceived(
                key,
                uid,
                revision,
                input(),
                Priority.ROUTINE,
                "default",
                null,
                new Subject("65-89", "M"),
                0,
                List.of(),
                new PartReference(Ids.v5("part", uid), PartClass.MANIFEST, 10, digest("manifest")),
                T0,
                T0.plusSeconds(2),
                true,
                null,
                null,
                null);
    }

    public PatientContext context() {
        return context("Chest PA and lateral");
    }

    public PatientContext context(String description) {
        return new PatientContext(
                key,
                uid,
                revision,
                Phi.of(NAME),
                Phi.of(ID),
                "default",
                Phi.of(BIRTH),
                "M",
                Phi.of(ACCESSION),
                "20260301",
                Phi.of(description),
                Phi.of("Cough and fever of Mr Canary"),
                null,
                null);
    }

    /** What a person signed of it an hour later, with these words. */
    public ReportSigned signed(String text) {
        return new ReportSigned(
                key,
                uid,
                Ids.v5("signed", uid, text),
                "engine",
                ReportSigned.Status.FINAL,
                T0.plusSeconds(3600),
                Phi.of(text));
    }

    public static ModelReference model(String deployment, ModelRole role, boolean research) {
        return new ModelReference(
                deployment,
                deployment,
                "1.0.0",
                "Model " + deployment,
                digest("model" + deployment),
                digest("manifest" + deployment),
                role,
                research);
    }

    public static ModelReference active(String deployment) {
        return model(deployment, ModelRole.ACTIVE, false);
    }

    public UUID outcomeId(ModelReference model) {
        return Ids.outcome(key, input(), model.modelDigest(), model.manifestDigest());
    }

    public AnalysisPlanned plan(Instant deadline, ModelReference... models) {
        return plan(
                java.util.Arrays.stream(models)
                        .map(model -> new AnalysisPlanned.Planned(model, outcomeId(model), deadline))
                        .toList(),
                List.of());
    }

    public AnalysisPlanned plan(List<AnalysisPlanned.Planned> planned, List<AnalysisPlanned.Declined> declined) {
        return new AnalysisPlanned(
                Ids.plan(key, revision, input()),
                key,
                uid,
                revision,
                input(),
                Priority.ROUTINE,
                planned,
                declined,
                T0.plusSeconds(3));
    }

    public StudyAnalyzed found(ModelReference model, double probability) {
        return found(model, "pneumonia", new Code("SCT", "233604007", "Pneumonia"), probability, 0.5);
    }

    public StudyAnalyzed found(ModelReference model, String name, Code code, double probability, double threshold) {
        return outcome(
                model,
                StudyAnalyzed.Status.FINDINGS,
                List.of(finding(model, name, code, probability, threshold)),
                null);
    }

    public Finding finding(ModelReference model, String name, Code code, double probability, double threshold) {
        return new Finding(
                Ids.finding(outcomeId(model), name),
                name,
                code,
                null,
                null,
                probability >= threshold ? Finding.Presence.PRESENT : Finding.Presence.ABSENT,
                probability,
                threshold,
                1.25,
                "platt",
                false,
                List.of(new Finding.ImageReference(uid + ".1.1", "1.2.840.10008.5.1.4.1.1.1.1", 0, uid + ".1")),
                null);
    }

    public StudyAnalyzed outcome(ModelReference model, StudyAnalyzed.Status status, String code, String text) {
        return outcome(model, status, List.of(), new StudyAnalyzed.Reason(code, text));
    }

    public StudyAnalyzed outcome(
            ModelReference model, StudyAnalyzed.Status status, List<Finding> findings, StudyAnalyzed.Reason reason) {
        return new StudyAnalyzed(
                outcomeId(model),
                key,
                uid,
                revision,
                input(),
                model,
                status,
                findings,
                reason,
                "CPU",
                1,
                new StudyAnalyzed.Timings(1, 2, 3, 4),
                T0.plusSeconds(5));
    }

    private static String digest(String of) {
        return "sha256:" + Ids.v5(of).toString().replace("-", "").repeat(2);
    }
}
