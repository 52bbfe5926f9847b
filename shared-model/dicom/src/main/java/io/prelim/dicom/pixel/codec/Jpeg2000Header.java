package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;

/**
 * What a JPEG 2000 code stream says of itself (ITU-T T.800 annex A), its lengths checked against what is there.
 *
 * @param precision bits of a component's samples, the most of any
 * @param signed whether any component's samples are
 * @param tiles of the whole image
 * @param packets of a tile, each of which takes a byte at least, by the precincts said to be
 * @param reversible whether its wavelet transform is the one of whole numbers
 * @param highThroughput whether blocks are coded as T.814 has them
 */
record Jpeg2000Header(
        int rows,
        int columns,
        int components,
        int precision,
        boolean signed,
        long tiles,
        long packets,
        boolean reversible,
        boolean highThroughput) {
    private static final int SOC = 0xFF4F;
    private static final int CAP = 0xFF50;
    private static final int SIZ = 0xFF51;
    private static final int COD = 0xFF52;
    private static final int PPM = 0xFF60;
    private static final int PPT = 0xFF61;
    private static final int SOT = 0xFF90;
    private static final int SOD = 0xFF93;
    private static final int EOC = 0xFFD9;
    private static final int CODE_STREAM_BOX = 0x6A703263;

    /**
     * Reads the main header, and goes from tile-part to tile-part.
     *
     * @param stream without boxes before it
     * @throws MalformedInput when the stream is cut, or its markers are none
     */
    static Jpeg2000Header of(byte[] stream) throws MalformedInput {
        Cursor in = new Cursor(stream, 0);
        if (in.two() != SOC || in.two() != SIZ) {
            throw PixelRefusal.structure("no JPEG 2000 code stream", 0, -1);
        }
        in.segment();
        in.two();
        long[] size = new long[8];
        for (int i = 0; i < size.length; i++) {
            size[i] = in.four();
        }
        long columns = size[0] - size[2];
        long rows = size[1] - size[3];
        if (columns < 1 || rows < 1 || columns > 0xFFFF || rows > 0xFFFF || size[4] < 1 || size[5] < 1) {
            throw PixelRefusal.structure("JPEG 2000 image of no size", 0, -1);
        }
        long across = (size[0] - size[6] + size[4] - 1) / size[4];
        long down = (size[1] - size[7] + size[5] - 1) / size[5];
        if (size[6] > size[2] || size[7] > size[3] || size[6] + size[4] <= size[2] || size[7] + size[5] <= size[3]) {
            throw PixelRefusal.structure("JPEG 2000 tiles beside their image", 0, -1);
        }
        int components = in.two();
        int precision = 0;
        boolean signed = false;
        for (int i = 0; i < components; i++) {
            int depth = in.one();
            precision = Math.max(precision, (depth & 0x7F) + 1);
            signed |= (depth & 0x80) != 0;
            if (in.two() != 0x0101) {
                throw PixelRefusal.unsupported("JPEG 2000 components of less than the image's size");
            }
        }
        in.endSegment();
        long packets = 0;
        boolean reversible = false;
        boolean highThroughput = false;
        int marker = in.two();
        while (marker != SOT) {
            in.segment();
            if (marker == COD) {
                boolean precincts = (in.one() & 1) != 0;
                in.one();
                int layers = in.two();
                in.one();
                int levels = in.one();
                in.two();
                highThroughput |= (in.one() & 0x40) != 0;
                reversible = in.one() == 1;
                if (layers < 1 || levels > 32) {
                    throw PixelRefusal.structure("JPEG 2000 layers or levels out of their range", in.at, layers);
                }
                long width = Math.min(columns, size[4]);
                long height = Math.min(rows, size[5]);
                packets = precincts(in, precincts, levels, width, height) * components * layers;
            }
            highThroughput |= marker == CAP;
            packedHeaders(marker);
            in.endSegment();
            marker = in.two();
        }
        parts(in);
        return new Jpeg2000Header(
                (int) rows,
                (int) columns,
                components,
                precision,
                signed,
                across * down,
                packets,
                reversible,
                highThroughput);
    }

    /** Precincts of a tile's component (annexes A.6.1 and B.6), one a resolution where nothing is said of them. */
    private static long precincts(Cursor in, boolean said, int levels, long width, long height) throws MalformedInput {
        if (!said) {
            return levels + 1L;
        }
        long count = 0;
        for (int level = levels; level >= 0; level--) {
            int exponents = in.one();
            count += count(width, level, exponents & 0x0F) * count(height, level, exponents >> 4);
        }
        return count;
    }

    private static long count(long size, int level, int exponent) {
        long reduced = (size + (1L << level) - 1) >> level;
        return (reduced + (1L << exponent) - 1) >> exponent;
    }

    /** The code stream's place: at once, or in a box of a JP2 file (annex I.4). */
    static int start(byte[] stream) throws MalformedInput {
        if (stream.length >= 2 && (stream[0] & 0xFF) == 0xFF) {
            return 0;
        }
        Cursor in = new Cursor(stream, 0);
        while (true) {
            int box = in.at;
            long length = in.four();
            int type = (int) in.four();
            if (type == CODE_STREAM_BOX) {
                // a length of 1 says that a longer one follows
                in.at += length == 1 ? 8 : 0;
                return Math.min(in.at, stream.length);
            }
            if (length < 8 || length > stream.length - box) {
                throw PixelRefusal.structure("no JPEG 2000 code stream", box, -1);
            }
            in.at = box + (int) length;
        }
    }

    /** The library does not see the end of packet headers that stand by themselves (annex A.7.4). */
    private static void packedHeaders(int marker) throws MalformedInput {
        if (marker == PPM || marker == PPT) {
            throw PixelRefusal.unsupported("no decoder for packed packet headers of JPEG 2000");
        }
    }

    /** Goes from tile-part to tile-part (annex A.4.2), the first SOT having been read. */
    private static void parts(Cursor in) throws MalformedInput {
        int marker = SOT;
        while (marker == SOT) {
            int start = in.at - 2;
            in.segment();
            in.two();
            long length = in.four();
            in.endSegment();
            for (int next = in.two(); next != SOD; next = in.two()) {
                packedHeaders(next);
                in.segment();
                in.endSegment();
            }
            if (length == 0) {
                // up to EOC, which nothing within can be taken for
                in.data(in.stream.length);
                return;
            }
            if (length < in.at - start) {
                throw PixelRefusal.structure("JPEG 2000 tile-part shorter than its header", start, length);
            }
            if (length > in.stream.length - start) {
                throw PixelRefusal.truncated("JPEG 2000 tile-part beyond its stream", start, length);
            }
            in.data(start + (int) length);
            if (in.stream.length - in.at < 2) {
                return;
            }
            marker = in.two();
        }
        if (marker != EOC) {
            throw PixelRefusal.structure("no JPEG 2000 tile-part where one is due", in.at - 2L, -1);
        }
    }

    /** Numbers one after the other, high byte first. */
    private static final class Cursor {
        final byte[] stream;
        int at;
        private int end;

        Cursor(byte[] stream, int at) {
            this.stream = stream;
            this.at = at;
        }

        int one() throws MalformedInput {
            if (at < 0 || at >= stream.length) {
                throw PixelRefusal.truncated("JPEG 2000 header cut short", at, -1);
            }
            return stream[at++] & 0xFF;
        }

        int two() throws MalformedInput {
            return one() << 8 | one();
        }

        long four() throws MalformedInput {
            return (long) two() << 16 | two();
        }

        /** Begins a marker's segment. */
        void segment() throws MalformedInput {
            int start = at;
            int length = two();
            if (length < 2) {
                throw PixelRefusal.structure("JPEG 2000 segment shorter than its length", start, length);
            }
            end = start + length;
            if (end > stream.length) {
                throw PixelRefusal.truncated("JPEG 2000 segment beyond its stream", start, length);
            }
        }

        /** Goes over a tile-part's data, in which no FF follows another (annexes B.10.1 and C.3): the library would read it for ever. */
        void data(int end) throws MalformedInput {
            for (int i = at; i < end - 1 && !(stream[i] == (byte) 0xFF && stream[i + 1] == (byte) EOC); i++) {
                if (stream[i] == (byte) 0xFF && stream[i + 1] == (byte) 0xFF) {
                    throw PixelRefusal.structure("JPEG 2000 data with a marker in it", i, -1);
                }
            }
            at = end;
        }

        /** Goes to the segment's end. */
        void endSegment() throws MalformedInput {
            if (at > end) {
                throw PixelRefusal.structure("JPEG 2000 segment shorter than its content", at, -1);
            }
            at = end;
        }
    }
}
