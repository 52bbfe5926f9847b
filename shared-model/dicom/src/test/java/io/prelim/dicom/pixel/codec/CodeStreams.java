package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.Bytes;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small code streams: by hand, by the JDK's encoder, and by that of the JPEG 2000 library. */
public final class CodeStreams {
    private CodeStreams() {}

    /** Lossless JPEG of 2 × 2 samples of 8 bits: 128 130 / 127 127. */
    public static byte[] lossless() {
        return Bytes.of()
                .hex("FFD8") // SOI
                .hex("FFC3 000B 08 0002 0002 01 01 11 00") // SOF3: 8 bits, 2 rows, 2 columns, one component
                .hex("FFC4 0016 00 01010100000000000000000000000000 00 01 02") // DHT: categories 0, 1, 2 are 0, 10, 110
                .hex("FFDA 0008 01 01 00 01 00 00") // SOS: the component, table 0, predicted by the left
                .hex("6A 3F") // 0 | 110 10 | 10 0 | 0 and ones: differences 0, 2, -1 (to the one above), 0
                .hex("FFD9") // EOI
                .array();
    }

    /** What {@link #lossless} says. */
    public static byte[] losslessSamples() {
        return new byte[] {(byte) 128, (byte) 130, 127, 127};
    }

    /** Lossless JPEG of 4 × 4 samples of 8 bits, by DCMTK: its codes end in a byte of ones, and a byte of fill comes before EOI. */
    static byte[] losslessBeforeFill() {
        return Bytes.of()
                .hex("FFD8") // SOI
                .hex("FFC3 000B 08 0004 0004 01 01 11 00") // SOF3: 8 bits, 4 rows, 4 columns, one component
                .hex("FFC4 0018 00 01010101010000000000000000000000 06 07 08 00 01") // DHT: categories 6, 7, 8, 0, 1
                .hex("FFDA 0008 01 01 00 04 00 00") // SOS: predicted by left + above - corner
                .hex("B4411FC9E5BB322C81BE4179E873F57E")
                .hex("FF FFD9") // fill, EOI
                .array();
    }

    /** 2 rows of 9 samples of 12 bits: two blocks without any but their first coefficients, 2 and 1, in steps of 40. */
    public static byte[] twelveBits() {
        return Bytes.of()
                .hex("FFD8") // SOI
                .hex("FFDB 0083 10") // DQT of 16-bit steps, table 0
                .times(64, "0028")
                .hex("FFC1 000B 0C 0002 0009 01 01 11 00") // SOF1: 12 bits, 2 rows, 9 columns, one component
                .hex("FFC4 0016 00 01010100000000000000000000000000 00 01 02") // DHT: sizes 0, 1, 2 are 0, 10, 110
                .hex("FFC4 0014 10 01000000000000000000000000000000 00") // DHT: the end of a block is 0
                .hex("FFDA 0008 01 01 00 00 3F 00") // SOS
                .hex("D2 3F") // 110 10 0 | 10 0 0 and ones: 2 and nothing more, -1 and nothing more
                .hex("FFD9") // EOI
                .array();
    }

    /** Baseline JPEG of greys that rise to the right. */
    public static byte[] baseline(int rows, int columns) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image(rows, columns, BufferedImage.TYPE_BYTE_GRAY), "jpg", out);
        return out.toByteArray();
    }

    /** JPEG 2000 of greys that rise to the right, reversible. */
    public static byte[] jpeg2000(int rows, int columns, boolean sixteenBits) throws IOException {
        BufferedImage image =
                image(rows, columns, sixteenBits ? BufferedImage.TYPE_USHORT_GRAY : BufferedImage.TYPE_BYTE_GRAY);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg2000").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(image);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** JPEG 2000 of 1000 × 1000 samples, as its header says, and next to nothing of them. */
    public static byte[] millionPixels() {
        return Bytes.of()
                .hex("FF4F") // SOC
                .hex("FF51 0029 0000") // SIZ
                .hex("000003E8 000003E8 00000000 00000000") // the image's grid and its offset
                .hex("000003E8 000003E8 00000000 00000000") // a tile's, the same
                .hex("0001 07 01 01") // one component of 8 bits
                .hex("FF52 000C 00 00 0001 00 05 04 04 00 01") // COD: one layer, five levels, reversible
                .hex("FF5C 0013 40") // QCD: none
                .times(16, "48")
                .hex("FF90 000A 0000 00000012 00 01 FF93") // SOT: a tile-part of 18 bytes, and SOD
                .times(4, "00") // packets, empty
                .hex("FFD9") // EOC
                .array();
    }

    private static BufferedImage image(int rows, int columns, int type) {
        BufferedImage image = new BufferedImage(columns, rows, type);
        WritableRaster raster = image.getRaster();
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                raster.setSample(x, y, 0, value(x, y));
            }
        }
        return image;
    }

    /** The sample of a place in what is encoded here. */
    public static int value(int x, int y) {
        return (5 * x + y) & 0xFF;
    }
}
