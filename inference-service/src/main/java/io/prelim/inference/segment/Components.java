package io.prelim.inference.segment;

import java.util.Arrays;
import java.util.BitSet;

/** Parts of a label that hang together over faces, edges or corners (26 neighbours). Takes 4 bytes a voxel of the label at most, and a bit. */
public final class Components {
    private final byte[] labels;
    private final int[] box;
    private final int label;
    private final BitSet seen;
    private int[] waiting = new int[1024];
    private int waitingCount;

    private Components(byte[] labels, int[] box, int label) {
        this.labels = labels;
        this.box = box;
        this.label = label;
        this.seen = new BitSet(labels.length);
    }

    /**
     * How many there are.
     *
     * @param box         width, height, depth
     * @param leastVoxels smaller parts do not count
     */
    public static int count(byte[] labels, int[] box, int label, long leastVoxels) {
        Components components = new Components(labels, box, label);
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (components.isNew(i) && components.size(i) >= leastVoxels) {
                count++;
            }
        }
        return count;
    }

    private boolean isNew(int voxel) {
        return (labels[voxel] & 0xFF) == label && !seen.get(voxel);
    }

    private long size(int start) {
        long size = 0;
        later(start);
        while (waitingCount > 0) {
            int voxel = waiting[--waitingCount];
            size++;
            int x = voxel % box[0];
            int y = voxel / box[0] % box[1];
            int z = voxel / box[0] / box[1];
            for (int k = Math.max(0, z - 1); k <= Math.min(box[2] - 1, z + 1); k++) {
                for (int j = Math.max(0, y - 1); j <= Math.min(box[1] - 1, y + 1); j++) {
                    for (int i = Math.max(0, x - 1); i <= Math.min(box[0] - 1, x + 1); i++) {
                        int neighbour = (k * box[1] + j) * box[0] + i;
                        if (isNew(neighbour)) {
                            later(neighbour);
                        }
                    }
                }
            }
        }
        return size;
    }

    private void later(int voxel) {
        seen.set(voxel);
        if (waitingCount == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * waiting.length);
        }
        waiting[waitingCount++] = voxel;
    }
}
