package io.prelim.inference.analyze;

import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.parts.PartUnavailable;
import io.prelim.inference.prepare.Tensor;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelRun;

/** What an analysis does for the answer to one job, and keeps the time of. */
interface Steps {
    /** An image's pixels part. */
    byte[] fetch(Image image) throws PartUnavailable, InterruptedException;

    ModelRun run(Tensor tensor) throws ModelFailure, InterruptedException;
}
