package io.prelim.dicom.pixel.jpegls;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.jpegls.ScanHeader.Interleave;
import java.util.ArrayList;
import java.util.List;

/** The coded data of one scan (T.87 annexes A, B and F): its lines, and the restart intervals they lie in. */
final class ScanDecoder {
    private static final int RESTART_MARKERS = 8;

    private final byte[] stream;
    private final FrameHeader frame;
    private final int restartInterval;
    private final BitReader in;
    private final SampleDecoder decoder;
    private final List<Lines> lines = new ArrayList<>();

    /**
     * @param restartInterval lines between restart markers; 0 for no markers. A line, of all components of the scan, is its
     *     minimum coded unit (B.4)
     * @param start of the coded data
     */
    ScanDecoder(
            byte[] stream,
            FrameHeader frame,
            ScanHeader scan,
            CodingParameters parameters,
            int restartInterval,
            int start)
            throws MalformedInput {
        this.stream = stream;
        this.frame = frame;
        this.restartInterval = restartInterval;
        in = new BitReader(stream, start);
        decoder = new SampleDecoder(parameters, in);
        int components = frame.components().length;
        int linesCoded = scan.interleave() == Interleave.LINE ? scan.components().length : 1;
        // the shortest line is a bit
        if ((long) frame.height() * linesCoded > 8L * (stream.length - start)) {
            throw Malformed.truncated("coded data shorter than its lines could be", start);
        }
        if (scan.interleave() == Interleave.SAMPLE) {
            lines.add(new PixelLines(decoder, in, frame.width(), scan.components(), components));
        } else {
            for (int component : scan.components()) {
                lines.add(new ComponentLines(decoder, in, frame.width(), component, components));
            }
        }
    }

    /** Decodes the scan; answers where its coded data ends. */
    int decode(Samples samples, JpegLsLimits limits) throws MalformedInput {
        int length = frame.width() * frame.components().length;
        int restarts = 0;
        for (int y = 0; y < frame.height(); y++) {
            if (limits.expired().getAsBoolean()) {
                throw Malformed.limit("no time left for more lines", in.offset(), y);
            }
            if (restartInterval > 0 && y > 0 && y % restartInterval == 0) {
                restart(restarts++);
            }
            short[] room = samples.upTo((y + 1) * length);
            for (Lines component : lines) {
                component.next(room, y * length);
            }
        }
        return in.end();
    }

    /** Passes a restart marker, RST0 to RST7 in turn, and begins as the scan began. */
    private void restart(int number) throws MalformedInput {
        int at = in.end();
        int code = at + 1;
        while (code < stream.length && stream[code] == (byte) 0xFF) {
            code++;
        }
        if (code >= stream.length) {
            throw Malformed.truncated("code stream ends where a restart marker is due", at);
        }
        int marker = 0xFF00 | (stream[code] & 0xFF);
        if (marker != Markers.RST0 + number % RESTART_MARKERS) {
            throw Malformed.structure("no restart marker, or another, where one is due", at, marker);
        }
        in.begin(code + 1);
        decoder.restart();
        lines.forEach(Lines::restart);
    }
}
