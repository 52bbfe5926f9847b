package io.prelim.inference.prepare;

import io.prelim.dicom.volume.NotAVolume;
import io.prelim.dicom.volume.Plane;
import io.prelim.dicom.volume.SeveralStacks;
import io.prelim.dicom.volume.SliceReference;
import io.prelim.dicom.volume.Stacking;
import io.prelim.dicom.volume.Volume;
import io.prelim.events.StudyAnalyzed.Reason;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.model.Preparation.Volumetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The volumes among a study's images, series by series, or the reason why they must not be read. A series with fewer images than the
 * model declares is passed over, as localisers are; any other must be volumes wholly.
 *
 * @param volumes in the study's order; empty where there is a refusal
 * @param refusal {@code not-a-volume}
 */
public record VolumeStacks(List<Stack> volumes, Optional<Reason> refusal) {
    /**
     * A volume and its images.
     *
     * @param images one a slice, in the order of the slices
     */
    public record Stack(Volume volume, List<Image> images) {
        public Stack {
            images = List.copyOf(images);
        }
    }

    public VolumeStacks {
        volumes = List.copyOf(volumes);
    }

    /** Pure: no pixel is looked at. */
    public static VolumeStacks of(Volumetric how, List<Image> images) {
        Map<String, List<Image>> series = new LinkedHashMap<>();
        images.forEach(image -> series.computeIfAbsent(image.seriesInstanceUid(), any -> new ArrayList<>())
                .add(image));
        List<Stack> stacks = new ArrayList<>();
        for (List<Image> one : series.values()) {
            if (one.size() < how.leastSlices()) {
                continue;
            }
            Stacking answer = Stacking.of(
                    one.stream()
                            .flatMap(image -> Plane.of(ImageHeader.of(image)).stream())
                            .toList(),
                    how.leastSlices());
            List<Stacking> answers = answer instanceof SeveralStacks several
                    ? several.stacks().stream().map(SeveralStacks.Stack::answer).toList()
                    : List.of(answer);
            for (Stacking each : answers) {
                if (each instanceof NotAVolume not) {
                    return refused("A series of " + one.size() + " images is no volume: " + not.reason() + ".");
                }
                stacks.add(stack((Volume) each, one));
            }
        }
        return stacks.isEmpty()
                ? refused("No series has " + how.leastSlices() + " images or more.")
                : new VolumeStacks(stacks, Optional.empty());
    }

    private static VolumeStacks refused(String text) {
        return new VolumeStacks(List.of(), Optional.of(new Reason("not-a-volume", text)));
    }

    private static Stack stack(Volume volume, List<Image> images) {
        Map<String, Image> byUid = new LinkedHashMap<>();
        images.forEach(image -> byUid.put(image.sopInstanceUid(), image));
        return new Stack(
                volume,
                volume.slices().stream()
                        .map(SliceReference::sopInstanceUid)
                        .map(byUid::get)
                        .toList());
    }
}
