package io.prelim.bench.inference;

import io.prelim.events.StudyAnalyzed;
import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.analyze.Model;
import io.prelim.inference.evidence.EvidenceKeeping;
import io.prelim.inference.evidence.EvidenceStore;
import io.prelim.inference.model.ModelPackage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** What a work thread of inference-service does with a job, from the job to its outcome. */
final class Worker implements Subject {
    private final Radiographs radiographs;
    private final Analysis analysis;

    /**
     * @param model    what runs its graph, closed by whoever opened it
     * @param evidence where maps go; empty where none are made
     */
    Worker(ModelPackage modelPackage, Model model, Radiographs radiographs, Optional<EvidenceStore> evidence) {
        this.radiographs = radiographs;
        analysis = new Analysis(
                modelPackage,
                model,
                radiographs.parts(),
                evidence.map(store -> new EvidenceKeeping(store, result -> {})),
                InstantSource.system());
    }

    @Override
    public void study(int index) throws InterruptedException {
        StudyAnalyzed outcome = analysis.analyze(radiographs.job(index), Duration.ZERO);
        if (outcome.status() == StudyAnalyzed.Status.FAILED) {
            throw new IllegalStateException("study " + index + " failed: " + outcome.reason());
        }
    }

    @Override
    public void close() {}
}
