package io.prelim.bench.inference;

import io.prelim.events.StudyAnalyzed;
import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.analyze.Model;
import io.prelim.inference.model.ModelPackage;
import java.time.Duration;
import java.time.InstantSource;

/** What a work thread of inference-service does with a job, from the job to its outcome. */
final class Worker implements Subject {
    private final Radiographs radiographs;
    private final Analysis analysis;

    /** @param model what runs its graph, closed by whoever opened it */
    Worker(ModelPackage modelPackage, Model model, Radiographs radiographs) {
        this.radiographs = radiographs;
        analysis = new Analysis(modelPackage, model, radiographs.parts(), InstantSource.system());
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
