package io.prelim.inference.segment;

import io.prelim.inference.model.ModelManifest.Form;
import java.util.Optional;

/** The label of each voxel, from what the graph put out. */
public final class Labels {
    private static final int MOST = 255;

    private Labels() {}

    /**
     * One byte a voxel, row-major as the box.
     *
     * @param values of labels as many as {@code voxels}; of scores so many times the number of channels
     * @return empty if a value is no label, or a score no number
     */
    public static Optional<byte[]> of(Form form, float[] values, int voxels) {
        byte[] labels = new byte[voxels];
        for (int i = 0; i < voxels; i++) {
            float label = form == Form.LABELS ? values[i] : highest(values, i, voxels);
            // also false of what is no number
            if (!(label >= 0 && label <= MOST) || label != (int) label) {
                return Optional.empty();
            }
            labels[i] = (byte) (int) label;
        }
        return Optional.of(labels);
    }

    private static int highest(float[] scores, int voxel, int voxels) {
        int highest = 0;
        for (int channel = 0, at = voxel; at < scores.length; channel++, at += voxels) {
            if (!Float.isFinite(scores[at])) {
                return -1;
            }
            if (scores[at] > scores[highest * voxels + voxel]) {
                highest = channel;
            }
        }
        return highest;
    }
}
