package io.prelim.inference.analyze;

import io.prelim.events.Finding.ImageReference;
import io.prelim.inference.prepare.FramePlace;
import io.prelim.inference.prepare.Tensor;
import io.prelim.inference.runtime.ModelRun;

/** A frame that the model was run over, with all that explaining its score takes. */
record ScoredFrame(ImageReference image, FramePlace place, Tensor tensor, ModelRun run) {}
