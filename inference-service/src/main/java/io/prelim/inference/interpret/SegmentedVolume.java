package io.prelim.inference.interpret;

import io.prelim.events.Finding.ImageReference;
import io.prelim.events.StudyAnalyzed.Reason;
import io.prelim.inference.model.ModelManifest.SegmentationOutput;
import io.prelim.inference.segment.Labels;
import io.prelim.inference.segment.VoxelGrid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the model put out for one volume.
 *
 * @param slices  in the order of the volume
 * @param labels  of the grid's box, none where there is no image; not to be changed
 * @param outputs the others by name, as in {@link ImageScores}
 */
@SuppressWarnings("ArrayRecordComponent")
public record SegmentedVolume(
        List<ImageReference> slices, VoxelGrid grid, byte[] labels, Map<String, float[]> outputs) {
    public SegmentedVolume {
        slices = List.copyOf(slices);
        outputs = Map.copyOf(outputs);
    }

    /**
     * Keeps a byte a voxel of what the graph put out.
     *
     * @param outputs all, by name
     * @throws UnreadableOutput {@code output-no-label}
     */
    public static SegmentedVolume of(
            SegmentationOutput output, List<ImageReference> slices, VoxelGrid grid, Map<String, float[]> outputs)
            throws UnreadableOutput {
        Map<String, float[]> others = new LinkedHashMap<>(outputs);
        byte[] labels = Labels.of(output.form(), others.remove(output.name()), grid.boxVoxels())
                .orElseThrow(() -> new UnreadableOutput(new Reason(
                        "output-no-label",
                        "The model's output \"" + output.name() + "\" holds what is no label from 0 to 255.")));
        grid.clearBeside(labels);
        return new SegmentedVolume(slices, grid, labels, others);
    }
}
