package io.prelim.inference.segment;

import io.prelim.dicom.volume.Volume;
import java.util.Arrays;

/**
 * Which voxel of a model's box each voxel of the volume as acquired became, by the nearest.
 *
 * @param volume      as acquired
 * @param box         width, height, depth of the box
 * @param first       by width, height, depth: the first voxel of the box where there is an image
 * @param end         by width, height, depth: the first beyond those
 * @param places      by acquired axis (columns, rows, slices) and index: what the index adds to the place in the box, row-major, or -1
 *                    where the box does not reach
 * @param millilitres of a voxel of the box
 */
@SuppressWarnings("ArrayRecordComponent")
public record VoxelGrid(Volume volume, int[] box, int[] first, int[] end, int[][] places, double millilitres) {
    public int boxVoxels() {
        return box[0] * box[1] * box[2];
    }

    /** Voxels of the volume as acquired. */
    public long voxels() {
        return (long) volume.columns() * volume.rows() * volume.slices().size();
    }

    /** Makes nothing of what was said beside the images, where the box was filled up. */
    public void clearBeside(byte[] labels) {
        for (int z = 0; z < box[2]; z++) {
            for (int y = 0; y < box[1]; y++) {
                int row = (z * box[1] + y) * box[0];
                boolean inside = z >= first[2] && z < end[2] && y >= first[1] && y < end[1];
                Arrays.fill(labels, row, row + (inside ? first[0] : box[0]), (byte) 0);
                Arrays.fill(labels, row + (inside ? end[0] : box[0]), row + box[0], (byte) 0);
            }
        }
    }

    /**
     * One slice as acquired, of one label alone: the others are 0.
     *
     * @param labels of the box
     * @param into   columns × rows, row by row
     * @return voxels of the label
     */
    public int slice(byte[] labels, int label, int slice, byte[] into) {
        Arrays.fill(into, (byte) 0);
        int deep = places[2][slice];
        int found = 0;
        for (int y = 0; deep >= 0 && y < volume.rows(); y++) {
            int down = places[1][y];
            for (int x = 0; down >= 0 && x < volume.columns(); x++) {
                int across = places[0][x];
                if (across >= 0 && (labels[deep + down + across] & 0xFF) == label) {
                    into[y * volume.columns() + x] = (byte) label;
                    found++;
                }
            }
        }
        return found;
    }
}
