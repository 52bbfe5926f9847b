package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.jpegls.ScanHeader.Interleave;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Writes code streams that no program at hand writes: any precision, interleaving and number of components, thresholds,
 * restart intervals. Slow and plain; with defaults and RANGE from {@link CodingParameters}, which DCMTK's streams prove.
 */
final class JpegLsEncoder {
    private int precision = 8;
    private int near;
    private Interleave interleave = Interleave.NONE;
    private Preset preset = Preset.DEFAULT;
    private int restartInterval;
    private boolean heightAtEnd;

    JpegLsEncoder precision(int bits) {
        precision = bits;
        return this;
    }

    JpegLsEncoder near(int deviation) {
        near = deviation;
        return this;
    }

    JpegLsEncoder interleave(Interleave mode) {
        interleave = mode;
        return this;
    }

    JpegLsEncoder preset(int maxValue, int t1, int t2, int t3, int reset) {
        preset = new Preset(maxValue, t1, t2, t3, reset);
        return this;
    }

    JpegLsEncoder restartInterval(int lines) {
        restartInterval = lines;
        return this;
    }

    /** The number of lines in a DNL segment after the first scan. */
    JpegLsEncoder heightAtEnd() {
        heightAtEnd = true;
        return this;
    }

    /** Encodes samples by pixel. */
    byte[] encode(int width, int height, int components, int[] samples) throws MalformedInput {
        int[][][] planes = new int[components][height][width];
        for (int i = 0; i < samples.length; i++) {
            planes[i % components][i / components / width][i / components % width] = samples[i];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        words(out, Markers.SOI, Markers.SOF55, 8 + 3 * components);
        out.write(precision);
        words(out, heightAtEnd ? 0 : height, width);
        out.write(components);
        for (int i = 1; i <= components; i++) {
            out.writeBytes(new byte[] {(byte) i, 0x11, 0});
        }
        if (!preset.equals(Preset.DEFAULT)) {
            words(out, Markers.LSE, 13);
            out.write(1);
            words(out, preset.maxValue(), preset.t1(), preset.t2(), preset.t3(), preset.reset());
        }
        if (restartInterval > 0) {
            words(out, Markers.DRI, 4, restartInterval);
        }
        if (interleave == Interleave.NONE) {
            for (int i = 0; i < components; i++) {
                scan(out, i, planes[i]);
                lines(out, i, height);
            }
        } else {
            scan(out, 0, planes);
            lines(out, 0, height);
        }
        words(out, Markers.EOI);
        return out.toByteArray();
    }

    private void lines(ByteArrayOutputStream out, int scan, int height) {
        if (heightAtEnd && scan == 0) {
            words(out, Markers.DNL, 4, height);
        }
    }

    private void scan(ByteArrayOutputStream out, int first, int[][]... planes) throws MalformedInput {
        words(out, Markers.SOS, 6 + 2 * planes.length);
        out.write(planes.length);
        for (int i = 1; i <= planes.length; i++) {
            out.writeBytes(new byte[] {(byte) (first + i), 0});
        }
        out.writeBytes(new byte[] {(byte) near, (byte) interleave.ordinal(), 0});
        CodingParameters parameters = CodingParameters.of(precision, near, preset, 0);
        int height = planes[0].length;
        int interval = restartInterval > 0 ? restartInterval : height;
        for (int y = 0; y < height; y += interval) {
            if (y > 0) {
                words(out, Markers.RST0 + (y / interval - 1) % 8);
            }
            int from = y;
            int to = Math.min(height, y + interval);
            int[][][] part = IntStream.range(0, planes.length)
                    .mapToObj(i -> Arrays.copyOfRange(planes[i], from, to))
                    .toArray(int[][][]::new);
            new ScanEncoder(parameters, part, new BitWriter(out)).encode(interleave);
        }
    }

    private static void words(ByteArrayOutputStream out, int... words) {
        for (int word : words) {
            out.write(word >> 8);
            out.write(word);
        }
    }
}
