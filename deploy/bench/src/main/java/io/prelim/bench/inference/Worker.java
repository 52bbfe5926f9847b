package io.prelim.bench.inference;

import io.prelim.events.StudyAnalyzed;
import io.prelim.inference.analyze.Analysis;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelSession;
import java.time.Duration;
import java.time.InstantSource;

/** What a work thread of inference-service does with a job, from the job to its outcome. */
final class Worker implements Subject {
    private final Radiographs radiographs;
    private final ModelSession session;
    private final Analysis analysis;

    Worker(ModelPackage model, Radiographs radiographs) throws ModelFailure {
        this.radiographs = radiographs;
        session = ModelSession.open(model);
        analysis = new Analysis(model, session::run, radiographs.parts(), InstantSource.system());
    }

    @Override
    public void study(int index) throws InterruptedException {
        StudyAnalyzed outcome = analysis.analyze(radiographs.job(index), Duration.ZERO);
        if (outcome.status() == StudyAnalyzed.Status.FAILED) {
            throw new IllegalStateException("study " + index + " failed: " + outcome.reason());
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
