package io.prelim.testkit.sample;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;

/**
 * Chest radiographs of no patient: draws from a Gaussian over principal components of a public set of paediatric radiographs
 * (Kermany, Zhang, Goldbaum, doi:10.17632/rscbjbr9sj.2, CC BY 4.0), with texture on top. No image of the set can be read out of the
 * basis. What is made here must be labelled synthetic wherever it goes.
 *
 * <p>The image of a seed is defined as follows, with {@code g} the next value of {@code new Random(seed).nextGaussian()}:
 *
 * <ol>
 *   <li>one {@code g} for each component in order; coefficients are
 *       {@code centre + SEPARATION * (centre - centre of the other kind) + SPREAD * lower * g} of the kind, where {@code lower} is the
 *       Cholesky factor of its covariance; the image is the mean plus the components times the coefficients;
 *   <li>texture: for each octave, finest first, a square grid of {@code g} in rows, resized to the basis and weighted with the
 *       octave's share; their sum times the texture strength at each pixel, times {@code TEXTURE}, is added;
 *   <li>resize to the wanted size;
 *   <li>the value 0..1 becomes {@code BLACK + value * RANGE + GRAIN * g}, rounded and clipped to 0..4095, in rows.
 * </ol>
 *
 * Resizing is separable cubic convolution (Keys, a = -0.5) with half-pixel centres and the edge repeated. Values rise with brightness
 * (MONOCHROME2), 12 bits. The same seed gives the same image on every machine: all arithmetic is strict double.
 */
public final class SyntheticRadiograph {
    private static final String RESOURCE = "chest-basis.bin";
    private static final int MAGIC = 0x50524C53;
    private static final int VERSION = 1;
    private static final double SPREAD = 0.9;
    private static final double SEPARATION = 0.6;
    private static final double TEXTURE = 0.5;
    private static final double BLACK = 180;
    private static final double RANGE = 3500;
    private static final double GRAIN = 18;
    private static final int LARGEST = 4095;

    /** What the image is to show. */
    public enum Kind {
        NORMAL,
        PNEUMONIA
    }

    /** A kind and a seed; one sample study shows one of these. */
    public record Sample(Kind kind, long seed) {}

    /** Six samples which the model {@code chest-pneumonia-paediatric} answers as their kind says. */
    public static final List<Sample> SAMPLES = List.of(
            new Sample(Kind.NORMAL, 2),
            new Sample(Kind.NORMAL, 7),
            new Sample(Kind.NORMAL, 8),
            new Sample(Kind.PNEUMONIA, 3),
            new Sample(Kind.PNEUMONIA, 4),
            new Sample(Kind.PNEUMONIA, 12));

    private record Distribution(float[] centre, float[] lower) {}

    private final int side;
    private final float[] mean;
    private final float[] texture;
    private final float[] octaves;
    private final Distribution[] distributions;
    private final float[] steps;
    private final byte[][] components;

    private SyntheticRadiograph(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC || in.readInt() != VERSION) {
            throw new IOException(RESOURCE + " is no basis of version " + VERSION);
        }
        side = in.readInt();
        int count = in.readInt();
        int octaveCount = in.readInt();
        mean = floats(in, side * side);
        texture = floats(in, side * side);
        octaves = floats(in, octaveCount);
        distributions = new Distribution[Kind.values().length];
        for (int i = 0; i < distributions.length; i++) {
            distributions[i] = new Distribution(floats(in, count), floats(in, count * (count + 1) / 2));
        }
        steps = floats(in, count);
        components = new byte[count][side * side];
        for (byte[] component : components) {
            in.readFully(component);
        }
    }

    /**
     * Reads the basis (about 2 MB) from the class path. Instances keep no state between images and may be shared.
     *
     * @throws UncheckedIOException if the basis is missing or damaged
     */
    public static SyntheticRadiograph load() {
        try (InputStream resource = SyntheticRadiograph.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException(RESOURCE + " is not on the class path");
            }
            return new SyntheticRadiograph(new DataInputStream(new BufferedInputStream(resource)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The image of a kind and seed.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @return {@code width * height} values 0..4095 in rows, brighter is more
     */
    public short[] pixels(Kind kind, long seed, int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image of " + width + " x " + height + " has no pixels");
        }
        Random random = new Random(seed);
        double[] image = anatomy(distributions[kind.ordinal()], distributions[1 - kind.ordinal()], random);
        addTexture(image, random);
        double[] resized = resize(image, side, side, width, height);
        short[] pixels = new short[width * height];
        for (int i = 0; i < pixels.length; i++) {
            double value = BLACK + Math.min(Math.max(resized[i], 0), 1) * RANGE + GRAIN * random.nextGaussian();
            pixels[i] = (short) Math.min(Math.max(Math.round(value), 0), LARGEST);
        }
        return pixels;
    }

    private double[] anatomy(Distribution wanted, Distribution other, Random random) {
        double[] draw = gaussians(components.length, random);
        double[] image = new double[side * side];
        for (int i = 0; i < image.length; i++) {
            image[i] = mean[i];
        }
        int at = 0;
        for (int k = 0; k < components.length; k++) {
            double coefficient = wanted.centre[k] + SEPARATION * (wanted.centre[k] - other.centre[k]);
            for (int j = 0; j <= k; j++) {
                coefficient += SPREAD * wanted.lower[at++] * draw[j];
            }
            double weight = coefficient * steps[k];
            byte[] component = components[k];
            for (int i = 0; i < image.length; i++) {
                image[i] += weight * component[i];
            }
        }
        return image;
    }

    private void addTexture(double[] image, Random random) {
        double[] sum = new double[image.length];
        for (int octave = 0, size = side; octave < octaves.length; octave++, size /= 2) {
            double[] grid = resize(gaussians(size * size, random), size, size, side, side);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += octaves[octave] * grid[i];
            }
        }
        for (int i = 0; i < image.length; i++) {
            image[i] += TEXTURE * texture[i] * sum[i];
        }
    }

    private static double[] gaussians(int count, Random random) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    private static double[] resize(double[] image, int width, int height, int newWidth, int newHeight) {
        return transposedRows(transposedRows(image, width, height, newWidth), height, newWidth, newHeight);
    }

    /** Resizes each row to the new width and writes it as a column. */
    private static double[] transposedRows(double[] image, int width, int height, int newWidth) {
        double[] result = new double[newWidth * height];
        double scale = (double) width / newWidth;
        for (int x = 0; x < newWidth; x++) {
            double at = (x + 0.5) * scale - 0.5;
            int left = (int) Math.floor(at);
            double f = at - left;
            double[] weights = {cubic(1 + f), cubic(f), cubic(1 - f), cubic(2 - f)};
            for (int y = 0; y < height; y++) {
                double value = 0;
                for (int tap = 0; tap < weights.length; tap++) {
                    int column = Math.min(Math.max(left - 1 + tap, 0), width - 1);
                    value += weights[tap] * image[y * width + column];
                }
                result[x * height + y] = value;
            }
        }
        return result;
    }

    /** The convolution kernel of Keys (1981) with a = -0.5 at a distance of 0..2. */
    private static double cubic(double d) {
        return d <= 1 ? (1.5 * d - 2.5) * d * d + 1 : ((-0.5 * d + 2.5) * d - 4) * d + 2;
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
