package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;

/**
 * Decodes JPEG-LS (T.87): 2 to 16 bits, 1 to 4 components in one scan or several, lossless and near-lossless, every interleave
 * mode, preset coding parameters, restart intervals, a number of lines told by DNL. Mapping tables, point transforms and
 * subsampled components are {@code UNSUPPORTED}.
 *
 * <p>Decoding ends with the last component: what follows is not looked at, so that a missing EOI or any padding passes.
 */
public final class JpegLsDecoder {
    private final byte[] stream;
    private final JpegLsLimits limits;
    private final Markers segments;

    private FrameHeader frame;
    private Preset preset = Preset.DEFAULT;
    private int restartInterval;
    private int near;
    private Samples samples;
    private boolean[] decoded;

    private JpegLsDecoder(byte[] stream, JpegLsLimits limits) {
        this.stream = stream;
        this.limits = limits;
        segments = new Markers(stream);
    }

    /**
     * Decodes the code stream of one frame, from SOI on: all its fragments, without their item headers.
     *
     * @throws MalformedInput when the bytes break the standard, or end early, or are beyond a limit, or use what is not
     *     supported; with the offset in the code stream
     */
    public static JpegLsImage decode(byte[] codeStream, JpegLsLimits limits) throws MalformedInput {
        return new JpegLsDecoder(codeStream, limits).decode();
    }

    private JpegLsImage decode() throws MalformedInput {
        if (segments.next() != Markers.SOI) {
            throw Malformed.structure("no JPEG code stream", 0, -1);
        }
        do {
            segment(segments.next());
        } while (!complete());
        return new JpegLsImage(
                frame.width(), frame.height(), frame.components().length, frame.precision(), near, samples.all());
    }

    private void segment(int marker) throws MalformedInput {
        switch (marker) {
            case Markers.SOF55 -> frame();
            case Markers.LSE -> preset = Preset.read(segments);
            case Markers.DRI -> restartInterval = restartInterval();
            case Markers.SOS -> scan();
            case Markers.EOI -> throw Malformed.truncated("image ends before its last component", segments.start());
            case Markers.DNL, Markers.COM -> {
                // the number of lines was looked up where the first scan began
            }
            default -> other(marker);
        }
    }

    private void other(int marker) throws MalformedInput {
        if (marker >= 0xFFC0 && marker <= 0xFFCF) {
            throw Malformed.unsupported("JPEG, but not JPEG-LS", segments.start(), marker);
        }
        boolean application = marker >= Markers.APP0 && marker <= Markers.APP15;
        if (!application) {
            throw Malformed.structure("marker that JPEG-LS has not", segments.start(), marker);
        }
    }

    private void frame() throws MalformedInput {
        if (frame != null) {
            throw Malformed.structure("second frame header", segments.start(), -1);
        }
        frame = FrameHeader.read(segments);
        decoded = new boolean[frame.components().length];
    }

    /** DRI (C.2.5), a number of two to four bytes. */
    private int restartInterval() throws MalformedInput {
        int interval = 0;
        int bytes = segments.left();
        if (bytes < 2 || bytes > 4) {
            throw Malformed.structure("restart interval is not of 2 to 4 bytes", segments.start(), bytes);
        }
        for (int i = 0; i < bytes; i++) {
            interval = interval << 8 | segments.u8();
        }
        // no frame has as many lines
        return interval < 0 ? Integer.MAX_VALUE : interval;
    }

    private void scan() throws MalformedInput {
        if (frame == null) {
            throw Malformed.structure("scan without a frame header", segments.start(), -1);
        }
        ScanHeader scan = ScanHeader.read(segments, frame);
        for (int component : scan.components()) {
            if (decoded[component]) {
                throw Malformed.structure("component coded twice", segments.start(), component);
            }
            decoded[component] = true;
        }
        CodingParameters parameters = CodingParameters.of(frame.precision(), scan.near(), preset, segments.start());
        near = Math.max(near, scan.near());
        int start = segments.end();
        if (samples == null) {
            begin(start);
        }
        segments.skipTo(
                new ScanDecoder(stream, frame, scan, parameters, restartInterval, start).decode(samples, limits));
    }

    /** Learns the number of lines, if only the end of the first scan tells it, and holds the claim against the limit. */
    private void begin(int start) throws MalformedInput {
        if (frame.height() == 0) {
            frame = frame.withHeight(linesTold(start));
        }
        if (frame.samples() > limits.maxSamples()) {
            throw Malformed.limit("more samples than allowed", segments.start(), frame.samples());
        }
        samples = new Samples((int) frame.samples(), stream.length - start);
    }

    private int linesTold(int start) throws MalformedInput {
        Markers ahead = new Markers(stream);
        ahead.skipTo(start);
        int marker = ahead.next();
        while (marker >= Markers.RST0 && marker < Markers.SOI) {
            ahead.skipTo(ahead.end());
            marker = ahead.next();
        }
        int height = marker == Markers.DNL ? ahead.u16() : 0;
        if (height == 0) {
            throw Malformed.structure("frame without a height", ahead.start(), 0);
        }
        return height;
    }

    private boolean complete() {
        if (decoded == null) {
            return false;
        }
        for (boolean component : decoded) {
            if (!component) {
                return false;
            }
        }
        return true;
    }
}
