package io.prelim.inference.analyze;

import io.prelim.events.Finding;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.Finding.Presence;
import io.prelim.inference.evidence.EvidenceKeeping;
import io.prelim.inference.evidence.EvidencePart;
import io.prelim.inference.evidence.MapShape;
import io.prelim.inference.evidence.SaliencyMap;
import io.prelim.inference.interpret.Answer;
import io.prelim.inference.log.OperatorMessage;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelManifest.FindingRule;
import io.prelim.inference.model.Preparation.SingleFrame;
import io.prelim.inference.parts.PartUnavailable;
import io.prelim.inference.prepare.Tensor;
import io.prelim.inference.prepare.UnpreparedImage;
import io.prelim.inference.runtime.ModelFailure;
import io.prelim.inference.runtime.ModelRun;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes a saliency map for each finding that is present, of the frame it was read from: from the output the manifest names, or by occlusion.
 * What cannot be explained is answered all the same, without evidence.
 */
final class Explainer {
    private final ModelManifest manifest;
    private final SingleFrame how;
    private final EvidenceKeeping keeping;
    private final InstantSource clock;

    /** Runs the model once more. */
    @FunctionalInterface
    interface Runs {
        ModelRun of(Tensor tensor) throws ModelFailure, InterruptedException;
    }

    /** Gives a frame of the job in hand. */
    @FunctionalInterface
    interface Frames {
        ScoredFrame of(ImageReference image)
                throws PartUnavailable, UnpreparedImage, ModelFailure, InterruptedException;
    }

    Explainer(ModelManifest manifest, SingleFrame how, EvidenceKeeping keeping, InstantSource clock) {
        this.manifest = manifest;
        this.how = how;
        this.keeping = keeping;
        this.clock = clock;
    }

    /** @param end from then on nothing more is explained */
    Answer.Findings explain(Answer.Findings answer, Frames frames, Runs model, Instant end)
            throws InterruptedException {
        if (manifest.outputs().saliency().isEmpty() && manifest.occlusion().isEmpty()) {
            return answer;
        }
        Map<ImageReference, List<Finding>> byImage = answer.findings().stream()
                .filter(finding -> finding.presence() == Presence.PRESENT)
                .collect(Collectors.groupingBy(
                        finding -> finding.images().get(0), LinkedHashMap::new, Collectors.toList()));
        Map<UUID, EvidencePart> parts = new HashMap<>();
        for (Map.Entry<ImageReference, List<Finding>> each : byImage.entrySet()) {
            each.getValue().forEach(finding -> parts.put(finding.findingId(), null));
            try {
                parts.putAll(maps(frames, each.getKey(), each.getValue(), model, end));
            } catch (PartUnavailable | UnpreparedImage | ModelFailure e) {
                OperatorMessage.EVIDENCE_UNMADE.log("image", each.getKey().sopInstanceUid(), "fault", e.getMessage());
            } catch (RuntimeException | OutOfMemoryError e) {
                OperatorMessage.EVIDENCE_BROKE.log(e, "image", each.getKey().sopInstanceUid());
            }
        }
        List<EvidencePart> evidence = new ArrayList<>(answer.evidence());
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : answer.findings()) {
            EvidencePart part = parts.get(finding.findingId());
            if (part != null) {
                evidence.add(part);
            } else if (parts.containsKey(finding.findingId())) {
                keeping.unmade();
            }
            findings.add(part == null ? finding : finding.withEvidence(part.reference()));
        }
        return new Answer.Findings(findings, evidence);
    }

    private Map<UUID, EvidencePart> maps(
            Frames frames, ImageReference image, List<Finding> findings, Runs model, Instant end)
            throws PartUnavailable, UnpreparedImage, ModelFailure, InterruptedException {
        if (!clock.instant().isBefore(end)) {
            OperatorMessage.EVIDENCE_UNMADE.log("image", image.sopInstanceUid(), "fault", "no time left");
            return Map.of();
        }
        Map<String, Integer> indices =
                manifest.findings().stream().collect(Collectors.toMap(FindingRule::id, FindingRule::index));
        ScoredFrame frame = frames.of(image);
        return manifest.outputs().saliency().isPresent()
                ? activations(
                        frame, findings, indices, manifest.outputs().saliency().get())
                : occlusions(frame, findings, indices, model, end);
    }

    private static Map<UUID, EvidencePart> activations(
            ScoredFrame frame, List<Finding> findings, Map<String, Integer> indices, String output) {
        MapShape shape = MapShape.of(frame.run().shapes().get(output)).orElseThrow();
        Map<UUID, EvidencePart> parts = new HashMap<>();
        for (Finding finding : findings) {
            float[] values = frame.run().outputs().get(output);
            int first = shape.first(indices.get(finding.name()));
            part(frame, finding, values, first, shape.height(), shape.width())
                    .ifPresent(part -> parts.put(finding.findingId(), part));
        }
        return parts;
    }

    private Map<UUID, EvidencePart> occlusions(
            ScoredFrame frame, List<Finding> findings, Map<String, Integer> indices, Runs model, Instant end)
            throws ModelFailure, InterruptedException {
        String output = manifest.outputs().answer();
        OcclusionMaps maps = new OcclusionMaps(manifest.occlusion().orElseThrow(), how, model, output, clock);
        Optional<Map<Integer, float[]>> drops = maps.of(
                frame.tensor(),
                frame.run().outputs().get(output),
                findings.stream().map(finding -> indices.get(finding.name())).collect(Collectors.toSet()),
                end);
        Map<UUID, EvidencePart> parts = new HashMap<>();
        if (drops.isEmpty()) {
            OperatorMessage.EVIDENCE_UNMADE.log("image", frame.image().sopInstanceUid(), "fault", "no time left");
            return parts;
        }
        for (Finding finding : findings) {
            float[] map = drops.get().get(indices.get(finding.name()));
            part(frame, finding, map, 0, how.height(), how.width())
                    .ifPresent(part -> parts.put(finding.findingId(), part));
        }
        return parts;
    }

    private static Optional<EvidencePart> part(
            ScoredFrame frame, Finding finding, float[] values, int first, int height, int width) {
        Optional<byte[]> png = SaliencyMap.png(frame.place(), values, first, height, width);
        if (png.isEmpty()) {
            OperatorMessage.EVIDENCE_UNMADE.log(
                    "image", frame.image().sopInstanceUid(), "fault", "a map with a value that is no number");
        }
        return png.map(bytes -> EvidencePart.of(finding.findingId(), SaliencyMap.MEDIA_TYPE, bytes));
    }
}
