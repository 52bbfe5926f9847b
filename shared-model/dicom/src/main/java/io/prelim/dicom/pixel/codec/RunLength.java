package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.PixelRefusal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * RLE lossless (PS3.5 annex G): a segment for each byte of each sample, the highest byte first, of runs and literals. Samples of
 * one bit are packed as in native pixel data, and the one segment is of those bytes.
 */
final class RunLength implements Codec {
    private static final int HEADER = 64;
    private static final int MOST_SEGMENTS = 15;
    /** Bytes that a byte can stand for: a run of 128 takes two. */
    private static final int MOST = 64;

    @Override
    public Frame decode(byte[] stream, ImageDescription image, PixelLimits limits) throws MalformedInput {
        if (image.bitsAllocated() != 1 && image.bitsAllocated() % 8 != 0) {
            throw PixelRefusal.unsupported("samples of no whole bytes in run lengths");
        }
        if (image.photometric().halved()) {
            throw PixelRefusal.unsupported("halved colour in run lengths");
        }
        int width = Math.max(1, image.bitsAllocated() / 8);
        int plane = (int) (image.frameBytes() / width / image.samples());
        int[] starts = starts(stream, width * image.samples());
        for (int i = 0; i + 1 < starts.length; i++) {
            if (plane > (long) MOST * (starts[i + 1] - starts[i])) {
                throw PixelRefusal.truncated("segment too short for its image", starts[i], starts[i + 1] - starts[i]);
            }
        }
        byte[] samples = new byte[(int) image.frameBytes()];
        for (int sample = 0; sample < image.samples(); sample++) {
            for (int i = 0; i < width; i++) {
                int segment = sample * width + i;
                int low = width - 1 - i;
                int first = image.planar() ? sample * plane * width + low : sample * width + low;
                int step = image.planar() ? width : width * image.samples();
                unpack(stream, starts[segment], starts[segment + 1], samples, first, step, plane);
            }
        }
        return new Frame(image, samples);
    }

    /** Where each segment begins, and where the last one ends. */
    private static int[] starts(byte[] stream, int segments) throws MalformedInput {
        if (stream.length < HEADER) {
            throw PixelRefusal.truncated("no header of run lengths", 0, stream.length);
        }
        ByteBuffer header = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        int count = header.getInt();
        if (count != segments || count > MOST_SEGMENTS) {
            throw PixelRefusal.structure("other number of segments than its image needs", 0, count);
        }
        int[] starts = new int[segments + 1];
        for (int i = 0; i < segments; i++) {
            starts[i] = header.getInt();
            int least = i == 0 ? HEADER : starts[i - 1];
            if (starts[i] < least) {
                throw PixelRefusal.structure("segments out of order", 4 + 4L * i, -1);
            }
            if (starts[i] > stream.length) {
                throw PixelRefusal.truncated("segment beyond its frame", 4 + 4L * i, starts[i]);
            }
        }
        starts[segments] = stream.length;
        return starts;
    }

    /** One segment (annex G.3.1): literals of 1 to 128 bytes, runs of 2 to 128, and -128, which says nothing. */
    private static void unpack(byte[] stream, int from, int end, byte[] samples, int first, int step, int plane)
            throws MalformedInput {
        int in = from;
        int out = first;
        int left = plane;
        while (left > 0) {
            if (in >= end) {
                throw PixelRefusal.truncated("segment shorter than its image", in, left);
            }
            int count = stream[in++];
            if (count == -128) {
                continue;
            }
            boolean literal = count >= 0;
            int length = literal ? count + 1 : 1 - count;
            if (length > left) {
                throw PixelRefusal.structure("run beyond its image", in - 1L, length);
            }
            if (end - in < (literal ? length : 1)) {
                throw PixelRefusal.truncated("segment ends within a run", in, length);
            }
            for (int i = 0; i < length; i++) {
                samples[out] = stream[in];
                out += step;
                in += literal ? 1 : 0;
            }
            in += literal ? 0 : 1;
            left -= length;
        }
    }
}
