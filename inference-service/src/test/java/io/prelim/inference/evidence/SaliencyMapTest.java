package io.prelim.inference.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prelim.inference.fixture.Png;
import io.prelim.inference.prepare.FramePlace;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A frame of 400 × 200 pixels in a tensor of 100 × 100, under maps of 10 × 10: a cell is 10 × 10 pixels of the tensor. */
class SaliencyMapTest {
    private static final FramePlace SQUASHED = new FramePlace(400, 200, 100, 100, 100, 100);
    /** 25 rows of the tensor above it and 25 below it are filled up. */
    private static final FramePlace CONTAINED = new FramePlace(400, 200, 100, 50, 100, 100);
    /** A quarter of it is cut off on each side. */
    private static final FramePlace COVERING = new FramePlace(400, 200, 200, 100, 100, 100);

    /** Pixels of the frame for one of the picture, which is 256 × 128. */
    private static final double SCALE = 400 / 256.0;

    @Test
    void aHotCellOfASquashedFrameLiesWhereItsPixelsCameFrom() {
        Png png = png(SQUASHED, cell(2, 7));

        assertThat(png.width()).isEqualTo(256);
        assertThat(png.height()).isEqualTo(128);
        assertPeak(png, 300, 50);
        assertThat(png.highest()).isGreaterThan(235);
    }

    @Test
    void whatWasFilledUpIsNoPartOfThePicture() {
        assertPeak(png(CONTAINED, cell(4, 7)), 300, 80);
        assertThat(png(CONTAINED, cell(0, 7)).highest())
                .as("heat above the frame")
                .isZero();
    }

    @Test
    void whatWasCutOffIsBlack() {
        assertPeak(png(COVERING, cell(4, 7)), 250, 90);
        Png edge = png(COVERING, cell(5, 0));
        for (int y = 0; y < edge.height(); y++) {
            for (int x = 0; x < 64; x++) {
                assertThat(edge.level(x, y)).as("%d, %d", x, y).isZero();
            }
        }
        assertThat(edge.level(66, 70)).isGreaterThan(200);
    }

    @Test
    void whiteIsTheHighestValueAndBlackIsZeroAndBelow() {
        float[] map = new float[100];
        Arrays.fill(map, -3);
        IntStream.range(0, 5).forEach(column -> map[column] = 4);
        IntStream.range(5, 10).forEach(column -> map[column] = 1);

        Png png = png(SQUASHED, map);

        assertThat(png.level(0, 0)).isEqualTo(255);
        assertThat(png.level(255, 0)).isCloseTo(64, within(1));
        assertThat(png.level(128, 127)).isZero();
    }

    @Test
    void valuesBetweenCellsAreBilinear() {
        float[] map = {0, 1};

        byte[] bytes = SaliencyMap.png(new FramePlace(100, 50, 100, 50, 100, 50), map, 0, 1, 2)
                .orElseThrow();

        Png png = Png.read(bytes);
        assertThat(png.width()).as("no larger than its frame").isEqualTo(100);
        assertThat(png.level(24, 10)).isZero();
        assertThat(png.level(49, 10)).isCloseTo(125, within(2));
        assertThat(png.level(75, 10)).isEqualTo(255);
    }

    @Test
    void aMapWithoutAPositiveValueIsBlack() {
        float[] map = new float[100];
        Arrays.fill(map, -1);

        assertThat(png(SQUASHED, map).highest()).isZero();
    }

    @Test
    void aValueThatIsNoNumberMakesNoPicture() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] map = cell(3, 3);
            map[99] = value;
            assertThat(SaliencyMap.png(SQUASHED, map, 0, 10, 10)).isEmpty();
        }
    }

    @Test
    void aMapIsReadFromWhereItBegins() {
        float[] maps = new float[300];
        System.arraycopy(cell(2, 7), 0, maps, 100, 100);
        maps[250] = Float.NaN;

        assertPeak(Png.read(SaliencyMap.png(SQUASHED, maps, 100, 10, 10).orElseThrow()), 300, 50);
    }

    @Test
    void aShapeIsOfMapsOrOfNothing() {
        assertThat(MapShape.of(new long[] {1, 14, 7, 9})).contains(new MapShape(14, 7, 9));
        assertThat(MapShape.of(new long[] {14, 7, 9})).contains(new MapShape(14, 7, 9));
        assertThat(MapShape.of(new long[] {7, 9})).contains(new MapShape(1, 7, 9));
        for (long[] none : new long[][] {
            {},
            {9},
            {2, 1, 7, 9},
            {1, 0, 7, 9},
            {1, 1, -7, 9},
            {1, 1, 1, 7, 9},
            {1, 1, 4097, 4096},
            {1L << 40, 1L << 40}
        }) {
            assertThat(MapShape.of(none)).as(Arrays.toString(none)).isEmpty();
        }
        assertThat(new MapShape(1, 7, 9).first(5)).isZero();
        assertThat(new MapShape(14, 7, 9).first(5)).isEqualTo(315);
        assertThat(new MapShape(14, 7, 9).has(13)).isTrue();
        assertThat(new MapShape(14, 7, 9).has(14)).isFalse();
    }

    private static void assertPeak(Png png, double x, double y) {
        assertThat(png.peak()[0] * SCALE).isCloseTo(x, within(2.0));
        assertThat(png.peak()[1] * SCALE).isCloseTo(y, within(2.0));
    }

    private static Png png(FramePlace place, float[] map) {
        return Png.read(SaliencyMap.png(place, map, 0, 10, 10).orElseThrow());
    }

    private static float[] cell(int row, int column) {
        float[] map = new float[100];
        map[row * 10 + column] = 3;
        return map;
    }
}
