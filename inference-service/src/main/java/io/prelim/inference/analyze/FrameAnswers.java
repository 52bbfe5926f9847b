package io.prelim.inference.analyze;

import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.evidence.EvidenceKeeping;
import io.prelim.inference.interpret.Answer;
import io.prelim.inference.interpret.ImageScores;
import io.prelim.inference.interpret.Interpreter;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.Preparation.SingleFrame;
import io.prelim.inference.parts.PartUnavailable;
import io.prelim.inference.prepare.ImagePreparation;
import io.prelim.inference.prepare.Tensor;
import io.prelim.inference.prepare.UnpreparedImage;
import io.prelim.inference.runtime.ModelFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The answer of a model that reads frames to one job, explained where evidence is kept. Holds one frame at a time. */
final class FrameAnswers {
    private final ModelManifest manifest;
    private final SingleFrame how;
    private final PixelLimits limits;
    private final Optional<EvidenceKeeping> evidence;
    private final InstantSource clock;
    private final Steps steps;
    private final StageTimes times;
    private ScoredFrame last;

    FrameAnswers(
            ModelManifest manifest,
            SingleFrame how,
            PixelLimits limits,
            Optional<EvidenceKeeping> evidence,
            InstantSource clock,
            Steps steps,
            StageTimes times) {
        this.manifest = manifest;
        this.how = how;
        this.limits = limits;
        this.evidence = evidence;
        this.clock = clock;
        this.steps = steps;
        this.times = times;
    }

    /**
     * @param images at least one
     * @param end    from then on nothing is explained
     */
    Answer answer(UUID outcomeId, List<Image> images, Instant end)
            throws PartUnavailable, UnpreparedImage, ModelFailure, InterruptedException {
        for (Image image : images) {
            ImagePreparation.check(how, image, limits);
        }
        List<ImageScores> scores = new ArrayList<>();
        for (Image image : images) {
            ImagePreparation frames = open(image);
            for (int frame : frames.frames()) {
                last = scored(image, frame, frames);
                scores.add(scores(last));
            }
        }
        Answer answer = Interpreter.interpret(manifest, outcomeId, scores);
        if (evidence.isEmpty() || !(answer instanceof Answer.Findings found)) {
            return answer;
        }
        return new Explainer(manifest, how, evidence.get(), clock)
                .explain(found, image -> frame(image, images), steps::run, end);
    }

    /** Without maps: a study may have thousands of frames, and those of a few are looked at. */
    private ImageScores scores(ScoredFrame frame) {
        Map<String, float[]> outputs = new HashMap<>(frame.run().outputs());
        manifest.outputs().saliency().ifPresent(outputs::remove);
        return new ImageScores(frame.image(), outputs);
    }

    /** The last one is still there, any other is prepared and run again. */
    private ScoredFrame frame(ImageReference reference, List<Image> images)
            throws PartUnavailable, UnpreparedImage, ModelFailure, InterruptedException {
        if (!reference.equals(last.image())) {
            Image image = images.stream()
                    .filter(each -> each.sopInstanceUid().equals(reference.sopInstanceUid()))
                    .findFirst()
                    .orElseThrow();
            last = scored(image, reference.frame(), open(image));
        }
        return last;
    }

    private ImagePreparation open(Image image) throws PartUnavailable, UnpreparedImage, InterruptedException {
        byte[] pixels = steps.fetch(image);
        long start = System.nanoTime();
        ImagePreparation frames = ImagePreparation.open(how, image, pixels, limits);
        times.prepared(System.nanoTime() - start);
        return frames;
    }

    private ScoredFrame scored(Image image, int frame, ImagePreparation frames)
            throws UnpreparedImage, ModelFailure, InterruptedException {
        long start = System.nanoTime();
        Tensor tensor = frames.tensor(frame);
        times.prepared(System.nanoTime() - start);
        return new ScoredFrame(reference(image, frame), frames.place(), tensor, steps.run(tensor));
    }

    static ImageReference reference(Image image, int frame) {
        return new ImageReference(image.sopInstanceUid(), image.sopClassUid(), frame, image.seriesInstanceUid());
    }
}
