package io.prelim.inference.interpret;

import io.prelim.events.Code;
import io.prelim.events.Finding;
import io.prelim.events.Finding.ImageReference;
import io.prelim.events.Finding.Measurement;
import io.prelim.events.Finding.Presence;
import io.prelim.events.Ids;
import io.prelim.inference.evidence.EvidencePart;
import io.prelim.inference.model.ModelManifest;
import io.prelim.inference.model.ModelManifest.Measure;
import io.prelim.inference.model.ModelManifest.SegmentRule;
import io.prelim.inference.segment.Components;
import io.prelim.inference.segment.NiftiMask;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Reads segmentations as the manifest says. A finding has a measure in place of a probability, which is 1 where the measure reaches what
 * the manifest asks for and 0 where it does not. Over several volumes it takes the largest measure. It names the slice with the most
 * voxels of its label, the first and the last; if there is none, the slice in the middle, and has no mask.
 */
public final class SegmentInterpreter {
    /** Of a finding that is measured: probabilities are 0 or 1. */
    private static final double THRESHOLD = 0.5;

    private static final Code VOLUME = new Code("SCT", "118565006", "Volume");
    private static final Code COUNT = new Code("SCT", "410681005", "Count of entities");
    /** UCUM. */
    private static final String MILLILITRES = "mL";

    private static final String NO_UNIT = "1";
    /** What rounding may take from a whole number of voxels. */
    private static final double ROUNDING = 1e-6;

    private SegmentInterpreter() {}

    /**
     * @param volumes at least one, in the study's order
     * @param masks   whether masks are made
     */
    public static Answer interpret(
            ModelManifest manifest, UUID outcomeId, List<SegmentedVolume> volumes, boolean masks) {
        List<SegmentedVolume> inScope = new ArrayList<>();
        for (SegmentedVolume volume : volumes) {
            Optional<Answer> failed = Interpreter.unreadable(manifest, volume.outputs());
            if (failed.isPresent()) {
                return failed.get();
            }
            if (Interpreter.inScope(manifest, volume.outputs())) {
                inScope.add(volume);
            }
        }
        if (inScope.isEmpty()) {
            return new Answer.NotApplicable(Interpreter.outOfScope(manifest, volumes.size()));
        }
        List<Finding> findings = new ArrayList<>();
        List<EvidencePart> evidence = new ArrayList<>();
        for (SegmentRule rule : manifest.outputs().segmentation().orElseThrow().findings()) {
            Measured measured = largest(rule, inScope);
            SegmentedVolume volume = measured.volume();
            UUID id = Ids.finding(outcomeId, rule.id());
            int[] areas = areas(rule, volume);
            Optional<EvidencePart> mask = !masks || touched(areas).isEmpty()
                    ? Optional.empty()
                    : NiftiMask.of(volume.grid(), volume.slices(), volume.labels(), rule.label())
                            .map(file -> EvidencePart.of(id, NiftiMask.MEDIA_TYPE, file));
            mask.ifPresent(evidence::add);
            findings.add(finding(rule, id, measured, areas, mask));
        }
        return new Answer.Findings(findings, evidence);
    }

    private static Finding finding(
            SegmentRule rule, UUID id, Measured measured, int[] areas, Optional<EvidencePart> mask) {
        double value = measured.value();
        Presence presence = value >= rule.atLeast() ? Presence.PRESENT : Presence.ABSENT;
        Measurement measurement = rule.measure() instanceof Measure.Count
                ? new Measurement(COUNT, value, NO_UNIT)
                : new Measurement(VOLUME, value, MILLILITRES);
        return new Finding(
                id,
                rule.id(),
                rule.code(),
                rule.site(),
                null,
                presence,
                presence == Presence.PRESENT ? 1 : 0,
                THRESHOLD,
                value,
                "none",
                rule.urgent() && presence == Presence.PRESENT,
                images(measured.volume(), areas),
                mask.map(EvidencePart::reference).orElse(null),
                List.of(measurement));
    }

    private record Measured(SegmentedVolume volume, double value) {}

    /** The first of several. */
    private static Measured largest(SegmentRule rule, List<SegmentedVolume> volumes) {
        return volumes.stream()
                .map(volume -> new Measured(volume, measure(rule, volume)))
                .reduce((one, other) -> other.value() > one.value() ? other : one)
                .orElseThrow();
    }

    private static double measure(SegmentRule rule, SegmentedVolume volume) {
        double millilitres = volume.grid().millilitres();
        if (rule.measure() instanceof Measure.Count count) {
            long least = (long) Math.ceil(count.minimumVolume() / millilitres - ROUNDING);
            return Components.count(volume.labels(), volume.grid().box(), rule.label(), least);
        }
        long voxels = 0;
        for (byte label : volume.labels()) {
            if ((label & 0xFF) == rule.label()) {
                voxels++;
            }
        }
        return voxels * millilitres;
    }

    /** Voxels of the label in each slice. */
    private static int[] areas(SegmentRule rule, SegmentedVolume volume) {
        byte[] slice = new byte
                [volume.grid().volume().columns() * volume.grid().volume().rows()];
        int[] areas = new int[volume.slices().size()];
        for (int k = 0; k < areas.length; k++) {
            areas[k] = volume.grid().slice(volume.labels(), rule.label(), k, slice);
        }
        return areas;
    }

    /** The slice with the most, the first, the last; each once. */
    private static Set<Integer> touched(int[] areas) {
        int first = -1;
        int largest = -1;
        int last = -1;
        for (int k = 0; k < areas.length; k++) {
            if (areas[k] > 0) {
                first = first < 0 ? k : first;
                largest = largest < 0 || areas[k] > areas[largest] ? k : largest;
                last = k;
            }
        }
        return first < 0 ? Set.of() : new LinkedHashSet<>(List.of(largest, first, last));
    }

    private static List<ImageReference> images(SegmentedVolume volume, int[] areas) {
        Set<Integer> touched = touched(areas);
        if (touched.isEmpty()) {
            return List.of(volume.slices().get(volume.slices().size() / 2));
        }
        return touched.stream().map(volume.slices()::get).toList();
    }
}
