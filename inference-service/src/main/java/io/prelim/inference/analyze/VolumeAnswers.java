package io.prelim.inference.analyze;

import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.evidence.EvidenceKeeping;
import io.prelim.inference.interpret.Answer;
import io.prelim.inference.interpret.ImageScores;
import io.prelim.inference.interpret.Interpreter;
import io.prelim.inference.interpret.SegmentInterpreter;
import io.prelim.inference.interpret.SegmentedVolume;
import io.prelim.inference.interpret.UnreadableOutput;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelManifest.SegmentationOutput;
import io.prelim.inference.model.ModelPackage;
import io.prelim.inference.model.Preparation.Volumetric;
import io.prelim.inference.parts.PartUnavailable;
import io.prelim.inference.prepare.Tensor;
import io.prelim.inference.prepare.UnpreparedImage;
import io.prelim.inference.prepare.VolumePreparation;
import io.prelim.inference.prepare.VolumeStacks;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.segment.VoxelGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The answer of a model that reads volumes to one job; masks are made where evidence is kept. Holds one volume at a time. */
final class VolumeAnswers {
    private final ModelPackage modelPackage;
    private final Volumetric how;
    private final PixelLimits limits;
    private final Optional<EvidenceKeeping> evidence;
    private final Steps steps;
    private final StageTimes times;

    VolumeAnswers(
            ModelPackage modelPackage,
            Volumetric how,
            PixelLimits limits,
            Optional<EvidenceKeeping> evidence,
            Steps steps,
            StageTimes times) {
        this.modelPackage = modelPackage;
        this.how = how;
        this.limits = limits;
        this.evidence = evidence;
        this.steps = steps;
        this.times = times;
    }

    /** @param images at least one */
    Answer answer(UUID outcomeId, List<Image> images)
            throws PartUnavailable, UnpreparedImage, UnreadableOutput, ModelFailure, InterruptedException {
        VolumeStacks stacks = VolumeStacks.of(how, images);
        if (stacks.refusal().isPresent()) {
            return new Answer.NotApplicable(stacks.refusal().get());
        }
        ModelManifest manifest = modelPackage.manifest();
        Optional<SegmentationOutput> output = manifest.outputs().segmentation();
        if (output.isEmpty()) {
            return Interpreter.interpret(manifest, outcomeId, scores(stacks));
        }
        Answer answer = SegmentInterpreter.interpret(
                manifest, outcomeId, segmented(output.get(), stacks), evidence.isPresent());
        if (evidence.isPresent() && answer instanceof Answer.Findings found) {
            sayWhatHasNoMask(outcomeId, found, evidence.get());
        }
        return answer;
    }

    /** Of each volume, by the image in its middle. */
    private List<ImageScores> scores(VolumeStacks stacks)
            throws PartUnavailable, UnpreparedImage, ModelFailure, InterruptedException {
        List<ImageScores> scores = new ArrayList<>();
        for (VolumeStacks.Stack stack : stacks.volumes()) {
            Image middle = stack.images().get(stack.images().size() / 2);
            scores.add(new ImageScores(FrameAnswers.reference(middle, 1), run(volume(stack))));
        }
        return scores;
    }

    private List<SegmentedVolume> segmented(SegmentationOutput output, VolumeStacks stacks)
            throws PartUnavailable, UnpreparedImage, UnreadableOutput, ModelFailure, InterruptedException {
        List<SegmentedVolume> segmented = new ArrayList<>();
        for (VolumeStacks.Stack stack : stacks.volumes()) {
            VolumePreparation volume = volume(stack);
            VoxelGrid grid = volume.grid();
            List<ImageReference> slices = stack.images().stream()
                    .map(image -> FrameAnswers.reference(image, 1))
                    .toList();
            segmented.add(SegmentedVolume.of(output, slices, grid, run(volume)));
        }
        return segmented;
    }

    private VolumePreparation volume(VolumeStacks.Stack stack)
            throws PartUnavailable, UnpreparedImage, InterruptedException {
        VolumePreparation volume = VolumePreparation.open(how, stack, limits);
        for (Image image : stack.images()) {
            byte[] pixels = steps.fetch(image);
            long start = System.nanoTime();
            volume.add(pixels);
            times.prepared(System.nanoTime() - start);
        }
        return volume;
    }

    private Map<String, float[]> run(VolumePreparation volume) throws ModelFailure, InterruptedException {
        long start = System.nanoTime();
        Tensor tensor = volume.tensor();
        times.prepared(System.nanoTime() - start);
        return steps.run(tensor).outputs();
    }

    /** A finding with voxels and without its mask: the file would have been too large. */
    private void sayWhatHasNoMask(UUID outcomeId, Answer.Findings found, EvidenceKeeping keeping) {
        found.findings().stream()
                .filter(finding -> finding.evidence() == null)
                .filter(finding -> finding.measurements().stream().anyMatch(measured -> measured.value() > 0))
                .forEach(finding -> {
                    keeping.unmade();
                    OperatorMessage.MASK_TOO_LARGE.log(
                            "outcome", outcomeId, "deployment", modelPackage.deployment(), "finding", finding.name());
                });
    }
}
