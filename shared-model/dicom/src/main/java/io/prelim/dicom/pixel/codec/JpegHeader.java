package io.prelim.dicom.pixel.codec;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;

/**
 * What a JPEG code stream says of itself before its samples (ITU-T T.81 annex B).
 *
 * @param process the number of its SOF marker: 0 baseline, 1 extended sequential, 3 lossless, others
 * @param precision bits of a sample
 * @param colour what its markers say of three components
 */
record JpegHeader(int process, int precision, int rows, int columns, int components, Colour colour) {
    enum Colour {
        /** Nothing: the data set is believed. */
        UNSAID,
        RGB,
        YBR
    }

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;

    /**
     * Reads up to the first scan, and looks for the end.
     *
     * @throws MalformedInput when the stream ends before EOI, or its segments are none
     */
    static JpegHeader of(byte[] stream) throws MalformedInput {
        if (stream.length < 4 || at(stream, 0) != 0xFF || at(stream, 1) != SOI) {
            throw PixelRefusal.structure("no JPEG code stream", 0, -1);
        }
        JpegHeader frame = null;
        Colour colour = Colour.UNSAID;
        int at = 2;
        while (true) {
            int marker = marker(stream, at);
            while (marker == 0xFF) {
                // fill bytes (annex B.1.1.2)
                marker = marker(stream, ++at);
            }
            int length = length(stream, at + 2);
            if (marker == SOS) {
                break;
            }
            if (isFrame(marker)) {
                if (frame != null) {
                    throw PixelRefusal.structure("second JPEG frame", at, -1);
                }
                frame = frame(stream, at + 4, length - 2, marker & 0x0F);
            }
            colour = colour(stream, at + 4, length - 2, marker, colour);
            at += 2 + length;
        }
        if (frame == null) {
            throw PixelRefusal.structure("JPEG scan before its frame", at, -1);
        }
        if (!ends(stream, at)) {
            throw PixelRefusal.truncated("JPEG code stream without an end", stream.length, stream.length);
        }
        return new JpegHeader(frame.process, frame.precision, frame.rows, frame.columns, frame.components, colour);
    }

    private static int at(byte[] stream, int index) {
        return stream[index] & 0xFF;
    }

    private static int marker(byte[] stream, int at) throws MalformedInput {
        if (at + 4 > stream.length) {
            throw PixelRefusal.truncated("JPEG code stream ends before its scan", at, -1);
        }
        if (at(stream, at) != 0xFF) {
            throw PixelRefusal.structure("no JPEG marker where one is due", at, -1);
        }
        return at(stream, at + 1);
    }

    private static int length(byte[] stream, int at) throws MalformedInput {
        int length = at(stream, at) << 8 | at(stream, at + 1);
        if (length < 2) {
            throw PixelRefusal.structure("JPEG segment shorter than its length", at, length);
        }
        if (length > stream.length - at) {
            throw PixelRefusal.truncated("JPEG segment beyond its stream", at, length);
        }
        return length;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != JPG && marker != DAC;
    }

    private static JpegHeader frame(byte[] stream, int at, int length, int process) throws MalformedInput {
        if (length < 6 || length < 6 + 3 * at(stream, at + 5)) {
            throw PixelRefusal.structure("JPEG frame header too short", at, length);
        }
        return new JpegHeader(
                process,
                at(stream, at),
                at(stream, at + 1) << 8 | at(stream, at + 2),
                at(stream, at + 3) << 8 | at(stream, at + 4),
                at(stream, at + 5),
                Colour.UNSAID);
    }

    /** Adobe's marker says the transform (TIFF technical note 2, T.872 section 6.5.3); JFIF has three components in one meaning only. */
    private static Colour colour(byte[] stream, int at, int length, int marker, Colour known) {
        if (marker == APP14 && length >= 12 && begins(stream, at, "Adobe")) {
            return at(stream, at + 11) == 0 ? Colour.RGB : Colour.YBR;
        }
        return marker == APP0 && known == Colour.UNSAID && length >= 5 && begins(stream, at, "JFIF\0")
                ? Colour.YBR
                : known;
    }

    private static boolean begins(byte[] stream, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at(stream, at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether EOI comes in or after the scan: within coded data, FF is followed by 0 or a restart marker (annex B.1.1.5). */
    private static boolean ends(byte[] stream, int from) {
        for (int i = from; i + 1 < stream.length; i++) {
            if (at(stream, i) == 0xFF && at(stream, i + 1) == EOI) {
                return true;
            }
        }
        return false;
    }
}
