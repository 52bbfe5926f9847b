package io.prelim.dicom.pixel.jpeg;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;
import java.util.Arrays;

/**
 * Decodes JPEG with Huffman codes (ITU-T T.81), sequential (processes 1, 2 and 4) and lossless (process 14), of components of one
 * size. Whoever calls has found the size plausible: memory is taken for it.
 */
public final class JpegDecoder {
    private static final int SOF0 = 0xC0;
    private static final int SOF1 = 0xC1;
    private static final int SOF3 = 0xC3;
    private static final int DHT = 0xC4;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;

    private final byte[] stream;
    private final int[][] quantization = new int[4][];
    private final HuffmanTable[] direct = new HuffmanTable[4];
    private final HuffmanTable[] alternating = new HuffmanTable[4];
    private int at = 2;
    private int restartInterval;
    private JpegFrame frame;

    private JpegDecoder(byte[] stream) {
        this.stream = stream;
    }

    /**
     * The samples, by pixel, from the top left row by row; unsigned, of the stream's precision.
     *
     * @throws MalformedInput when the stream is cut or contradicts itself; of kind UNSUPPORTED when components differ in size
     */
    public static short[] decode(byte[] stream) throws MalformedInput {
        JpegDecoder decoder = new JpegDecoder(stream);
        decoder.segments();
        return decoder.frame.samples;
    }

    private void segments() throws MalformedInput {
        require(stream.length >= 4 && byteAt(0) == 0xFF && byteAt(1) == SOI, "no JPEG code stream");
        for (int marker = marker(); marker != EOI; marker = marker()) {
            int end = segment();
            switch (marker) {
                case SOF0, SOF1, SOF3 -> {
                    require(frame == null, "second JPEG frame");
                    frame = new JpegFrame(Arrays.copyOfRange(stream, at, end), marker == SOF3, at);
                }
                case DHT -> huffmanTables(end);
                case DQT -> quantizationTables(end);
                case DRI -> {
                    require(end - at >= 2, "JPEG restart interval cut short");
                    restartInterval = twoAt(at);
                }
                case SOS -> end = scan(end);
                default -> {
                    // applications' segments and comments say nothing of samples
                }
            }
            at = end;
        }
        require(frame != null && frame.complete(), "JPEG code stream without all its components");
    }

    private int marker() throws MalformedInput {
        int marker = 0xFF;
        require(at < stream.length && byteAt(at) == 0xFF, "no JPEG marker where one is due");
        while (marker == 0xFF) {
            at++;
            if (at >= stream.length) {
                throw PixelRefusal.truncated("JPEG code stream without an end", at, -1);
            }
            marker = byteAt(at);
        }
        at++;
        return marker;
    }

    /** Where the segment ends; what is read next is its first byte. */
    private int segment() throws MalformedInput {
        if (at + 2 > stream.length || twoAt(at) > stream.length - at) {
            throw PixelRefusal.truncated("JPEG segment beyond its stream", at, -1);
        }
        int length = twoAt(at);
        require(length >= 2, "JPEG segment shorter than its length");
        int end = at + length;
        at += 2;
        return end;
    }

    /** Annex B.2.4.1. */
    private void quantizationTables(int end) throws MalformedInput {
        while (at < end) {
            int width = 1 + (byteAt(at) >> 4 & 1);
            int id = byteAt(at++) & 3;
            require(end - at >= 64 * width, "JPEG quantization table cut short");
            int[] table = new int[64];
            for (int i = 0; i < 64; i++) {
                table[BlockScan.ZIGZAG[i]] = width == 1 ? byteAt(at) : twoAt(at);
                at += width;
            }
            quantization[id] = table;
        }
    }

    /** Annex B.2.4.2. */
    private void huffmanTables(int end) throws MalformedInput {
        while (at < end) {
            int start = at;
            require(end - at >= 17, "JPEG code table cut short");
            int kind = byteAt(at++);
            int[] counts = new int[17];
            int all = 0;
            for (int length = 1; length <= 16; length++) {
                counts[length] = byteAt(at++);
                all += counts[length];
            }
            require(all <= 256 && end - at >= all, "JPEG code table cut short");
            byte[] values = Arrays.copyOfRange(stream, at, at + all);
            at += all;
            (kind >> 4 == 0 ? direct : alternating)[kind & 3] = new HuffmanTable(counts, values, start);
        }
    }

    /** Decodes what follows a scan's header; where that ends. */
    private int scan(int end) throws MalformedInput {
        require(frame != null, "JPEG scan before its frame");
        require(end - at >= 1 && end - at >= 4 + 2 * byteAt(at), "JPEG scan header cut short");
        int count = byteAt(at);
        int[] components = new int[count];
        HuffmanTable[] first = new HuffmanTable[count];
        HuffmanTable[] others = new HuffmanTable[count];
        for (int i = 0; i < count; i++) {
            int tables = byteAt(at + 2 + 2 * i);
            components[i] = frame.take(byteAt(at + 1 + 2 * i), at);
            first[i] = direct[tables >> 4 & 3];
            others[i] = alternating[tables & 3];
            require(first[i] != null && (frame.lossless || others[i] != null), "JPEG scan without its codes");
        }
        int selection = byteAt(at + 1 + 2 * count);
        int transform = byteAt(at + 3 + 2 * count) & 0x0F;
        JpegScan scan = new JpegScan(components, first, others, selection, transform, restartInterval);
        BitReader in = new BitReader(stream, end);
        if (frame.lossless) {
            new LosslessScan(frame).decode(scan, in);
        } else {
            new BlockScan(frame, quantization).decode(scan, in);
        }
        int next = in.at();
        // some encoders write more than the last sample needs
        while (next + 1 < stream.length && (byteAt(next) != 0xFF || byteAt(next + 1) == 0)) {
            next++;
        }
        return next;
    }

    private int byteAt(int index) {
        return stream[index] & 0xFF;
    }

    private int twoAt(int index) {
        return byteAt(index) << 8 | byteAt(index + 1);
    }

    private void require(boolean condition, String otherwise) throws MalformedInput {
        if (!condition) {
            throw PixelRefusal.structure(otherwise, at, -1);
        }
    }
}
