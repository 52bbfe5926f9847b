package io.prelim.dicom.pixel.codec;

import static java.util.Map.entry;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.PixelRefusal;
import java.util.Map;
import java.util.Set;

/** Decodes the frames of one transfer syntax. Has no state: any thread may call it. */
public final class FrameDecoder {
    private static final Map<String, Codec> CODECS = Map.ofEntries(
            entry(Uid.ENCAPSULATED_UNCOMPRESSED_EXPLICIT_VR_LITTLE_ENDIAN, new Uncompressed()),
            entry(Uid.RLE_LOSSLESS, new RunLength()),
            entry(Uid.DEFLATED_IMAGE_FRAME_COMPRESSION, new Deflated()),
            entry(Uid.JPEG_BASELINE, new Jpeg()),
            entry(Uid.JPEG_EXTENDED, new Jpeg()),
            entry(Uid.JPEG_LOSSLESS, new Jpeg()),
            entry(Uid.JPEG_LOSSLESS_FIRST_ORDER, new Jpeg()),
            entry(Uid.JPEG_LS_LOSSLESS, new JpegLs()),
            entry(Uid.JPEG_LS_NEAR_LOSSLESS, new JpegLs()),
            entry(Uid.JPEG_2000_LOSSLESS, new Jpeg2000()),
            entry(Uid.JPEG_2000, new Jpeg2000()));

    private final Codec codec;
    private final PixelLimits limits;

    private FrameDecoder(Codec codec, PixelLimits limits) {
        this.codec = codec;
        this.limits = limits;
    }

    /**
     * The decoder of an encapsulated transfer syntax.
     *
     * @throws MalformedInput of kind UNSUPPORTED, when there is none
     */
    public static FrameDecoder of(String transferSyntax, PixelLimits limits) throws MalformedInput {
        Codec codec = CODECS.get(transferSyntax);
        if (codec == null) {
            throw PixelRefusal.noDecoder(Uid.isValid(transferSyntax) ? transferSyntax : "what is no transfer syntax");
        }
        return new FrameDecoder(codec, limits);
    }

    /** The encapsulated transfer syntaxes that are decoded. */
    public static Set<String> transferSyntaxes() {
        return CODECS.keySet();
    }

    /**
     * The samples of a frame. Run-length and deflated ones lie as the data set says; those of a JPEG family lie by pixel, with
     * colour differences of their own for each pixel, and without JPEG 2000's colour transform.
     *
     * @param stream the frame's code stream
     * @param image the description in the data set
     * @throws MalformedInput when the stream is cut (TRUNCATED), contradicts itself or the data set (STRUCTURE), passes a
     *     bound in memory or time (LIMIT), or uses what is not read here (UNSUPPORTED)
     */
    public Frame decode(byte[] stream, ImageDescription image) throws MalformedInput {
        return codec.decode(stream, image, limits);
    }
}
