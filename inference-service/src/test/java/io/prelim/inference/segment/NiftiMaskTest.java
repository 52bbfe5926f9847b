package io.prelim.inference.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.inference.fixture.Grids;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NiftiMaskTest {
    private static final int SIDE = 64;

    @Test
    void aFileThatWouldBeTooLargeIsNotMade() {
        byte[] noise = new byte[SIDE * SIDE * SIDE];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt(2);
        }
        VoxelGrid grid = Grids.cube(SIDE, SIDE, 1);
        int length = NiftiMask.of(grid, noise, 1).orElseThrow().length;

        // a bit a voxel at least
        assertThat(length).isGreaterThan(noise.length / 8);
        assertThat(NiftiMask.of(grid, noise, 1, length)).isPresent();
        assertThat(NiftiMask.of(grid, noise, 1, length - 1)).isEmpty();
        assertThat(NiftiMask.of(grid, noise, 1, 0)).isEmpty();
    }

    @Test
    void aVolumeOfTooManyVoxelsHasNone() {
        VoxelGrid grid = Grids.cube(1, Short.MAX_VALUE + 1, 1);

        assertThat(NiftiMask.of(grid, new byte[Short.MAX_VALUE + 1], 1)).isEmpty();
    }
}
