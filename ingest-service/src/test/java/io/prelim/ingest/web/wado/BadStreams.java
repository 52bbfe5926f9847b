package io.prelim.ingest.web.wado;

import io.prelim.ingest.StowClient;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Code streams of 64 × 64 samples of 8 bits, whole ones and such as lie. */
final class BadStreams {
    private static final int SIDE = 64;
    private static final String LOOPS = "shared-model/dicom/src/test/resources/io/prelim/dicom/pixel/read/"
            + "FramesFuzzTestInputs/framesAreReadOrRefused/jpeg-2000-length-of-ones-without-end";

    private BadStreams() {}

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] repeated(int times, byte... bytes) {
        return StowClient.concat(BadPixels.times(times, bytes).toArray(byte[][]::new));
    }

    static byte[] half(byte[] stream) {
        return Arrays.copyOf(stream, stream.length / 2 & ~1);
    }

    /** RFC 1951, of so many zeros. */
    static byte[] deflatedZeros(int count) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[count]);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[64 << 10];
        while (!deflater.finished()) {
            out.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return even(out);
    }

    /** With the padding that a fragment gets. */
    private static byte[] even(ByteArrayOutputStream out) {
        return Arrays.copyOf(out.toByteArray(), out.size() + (out.size() & 1));
    }

    /** PS3.5 annex G: the number of segments, and where the first begins. */
    static byte[] runLength(int segments, int start, byte[] data) {
        ByteBuffer stream = ByteBuffer.allocate(SIDE + data.length).order(ByteOrder.LITTLE_ENDIAN);
        stream.putInt(0, segments).putInt(4, start).put(SIDE, data);
        return stream.array();
    }

    static byte[] baseline() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < SIDE * SIDE; i++) {
            image.getRaster().setSample(i % SIDE, i / SIDE, 0, 37 * i & 0xFF);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return even(out);
    }

    /** Another size in the frame header of a JPEG, whichever its process is. */
    static byte[] ofSize(byte[] jpeg, int rows, int columns) {
        for (int at = 0; at + 8 < jpeg.length; at++) {
            boolean frame = jpeg[at] == (byte) 0xFF && (jpeg[at + 1] == (byte) 0xC0 || jpeg[at + 1] == (byte) 0xC3);
            if (frame) {
                ByteBuffer.wrap(jpeg, at + 5, 4).putShort((short) rows).putShort((short) columns);
                return jpeg;
            }
        }
        throw new IllegalArgumentException("no frame header");
    }

    /** ITU-T T.81 annex H: grey samples, each what is predicted of it, at a bit each. */
    static byte[] lossless() {
        return StowClient.concat(
                hex("FFD8"), // SOI
                hex("FFC3 000B 08 0040 0040 01 01 11 00"), // SOF3
                hex("FFC4 0014 00 01000000000000000000000000000000 00"), // DHT: 0 is category 0
                hex("FFDA 0008 01 01 00 01 00 00"), // SOS
                new byte[SIDE * SIDE / 8],
                hex("FFD9")); // EOI
    }

    /** ITU-T T.87 annex C, with these bytes for its samples. */
    static byte[] jpegLs(String frame, byte[] data) {
        return StowClient.concat(hex("FFD8"), hex(frame), hex("FFDA 0008 01 01 00 00 00 00"), data, hex("FFD9"));
    }

    /** ITU-T T.800 annex A: an image and tiles of these sizes, and one tile-part that says it has so many bytes. */
    static byte[] jpeg2000(int side, int tile, int tilePart, byte[] packets) {
        byte[] head = ByteBuffer.allocate(45)
                .put(hex("FF4F FF51 0029 0000")) // SOC, SIZ
                .putInt(side)
                .putInt(side)
                .putLong(0)
                .putInt(tile)
                .putInt(tile)
                .putLong(0)
                .put(hex("0001 07 01 01")) // one component of 8 bits
                .array();
        return StowClient.concat(
                head,
                hex("FF52 000C 00 00 0001 00 05 04 04 00 01"), // COD: one layer, five levels, reversible
                hex("FF5C 0013 40 48484848484848484848484848484848"), // QCD: none
                hex("FF90 000A 0000"), // SOT
                ByteBuffer.allocate(4).putInt(tilePart).array(),
                hex("00 01 FF93"), // SOD
                packets,
                hex("FFD9")); // EOC
    }

    /** Fragments, behind an offset table, of 2 frames of 16 × 24 that made a library read for ever. */
    static List<byte[]> withoutEnd() {
        byte[] input;
        try {
            input = Files.readAllBytes(
                    Path.of(System.getProperty("prelim.root", "..")).resolve(LOOPS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // before the value the fuzzer's test has the syntax and one less than the frames
        ByteBuffer value = ByteBuffer.wrap(input, 2, input.length - 2).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> items = new ArrayList<>();
        while (value.remaining() >= 8 && value.getInt() == 0xE000FFFE) {
            byte[] item = new byte[Math.min(value.getInt(), value.remaining())];
            value.get(item);
            items.add(item);
        }
        return items;
    }
}
