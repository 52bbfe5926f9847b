package io.prelim.bench.drafting;

import io.prelim.dicom.core.Uid;
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
import io.prelim.events.SeriesSummary;
import io.prelim.events.StudyAnalyzed;
import io.prelim.events.StudyReceived;
import io.prelim.events.Subject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What report-service is told of studies, each of a patient of its own. The same number is the same study. */
final class Studies {
    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final ModelReference MODEL =
            new ModelReference("bench", "bench", "1.0.0", "Bench", DIGEST, DIGEST, ModelRole.ACTIVE, true);

    private final String name;

    /** @param name of a batch; others have other studies */
    Studies(String name) {
        this.name = name;
    }

    StudyReceived received(int number) {
        UUID key = key(number);
        Instant now = Instant.now();
        return new StudyReceived(
                key,
                Uid.of(key),
                1,
                DIGEST,
                Priority.ROUTINE,
                "default",
                null,
                new Subject("65-89", "F"),
                1,
                List.of(new SeriesSummary(Uid.of(key) + ".1", "DX", "CHEST", "PA", null, 1, false, null)),
                new PartReference(Ids.v5("part", key.toString()), PartClass.MANIFEST, 10, DIGEST),
                now,
                now);
    }

    PatientContext context(int number) {
        UUID key = key(number);
        return new PatientContext(
                key,
                Uid.of(key),
                1,
                Phi.of("SYNTHETIC^BENCH"),
                Phi.of(key.toString()),
                "bench",
                Phi.of("19500101"),
                "F",
                Phi.of("B" + number),
                "20260301",
                Phi.of("SYNTHETIC chest radiograph"),
                Phi.of("Cough."),
                null,
                null);
    }

    AnalysisPlanned planned(int number) {
        UUID key = key(number);
        Instant now = Instant.now();
        return new AnalysisPlanned(
                Ids.plan(key, 1, DIGEST),
                key,
                Uid.of(key),
                1,
                DIGEST,
                Priority.ROUTINE,
                List.of(new AnalysisPlanned.Planned(MODEL, outcome(key), now.plusSeconds(86_400))),
                List.of(),
                now);
    }

    StudyAnalyzed analyzed(int number) {
        UUID key = key(number);
        double probability = (number % 100) / 100.0;
        return new StudyAnalyzed(
                outcome(key),
                key,
                Uid.of(key),
                1,
                DIGEST,
                MODEL,
                StudyAnalyzed.Status.FINDINGS,
                List.of(new Finding(
                        Ids.finding(outcome(key), "pneumonia"),
                        "pneumonia",
                        new Code("SCT", "233604007", "Pneumonia"),
                        null,
                        null,
                        probability >= 0.5 ? Finding.Presence.PRESENT : Finding.Presence.ABSENT,
                        probability,
                        0.5,
                        probability,
                        "platt",
                        false,
                        List.of(new Finding.ImageReference(
                                Uid.of(key) + ".1.1",
                                Uid.DIGITAL_X_RAY_IMAGE_STORAGE_FOR_PRESENTATION,
                                1,
                                Uid.of(key) + ".1")),
                        null)),
                null,
                "CPU",
                1,
                null,
                Instant.now());
    }

    private UUID key(int number) {
        return Ids.v5("bench-study", name, Integer.toString(number));
    }

    private static UUID outcome(UUID key) {
        return Ids.outcome(key, DIGEST, DIGEST, DIGEST);
    }
}
