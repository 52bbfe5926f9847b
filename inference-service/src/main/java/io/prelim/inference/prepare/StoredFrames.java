package io.prelim.inference.prepare;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.PixelData;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.codec.FrameDecoder;
import io.prelim.dicom.pixel.locate.PixelBytes;
import io.prelim.dicom.pixel.read.FrameReader;
import io.prelim.dicom.pixel.render.Colour;
import io.prelim.dicom.pixel.render.GreyScale;
import io.prelim.dicom.pixel.render.ModalityTransform;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.StudyManifest.Image;
import java.io.IOException;

/** The frames of an image whose pixels part is in memory, decoded one by one. */
final class StoredFrames {
    private final DataSet header;
    private final FrameReader reader;
    private final ModalityTransform.Rescale modality;
    private final PixelLimits limits;

    private StoredFrames(Image image, FrameReader reader, DataSet header, PixelLimits limits) {
        this.header = header;
        this.reader = reader;
        this.modality = modality(image);
        this.limits = limits;
    }

    /**
     * Checks what can be told before the pixels are fetched.
     *
     * @return how the samples lie
     * @throws UnpreparedImage {@code unsupported-transfer-syntax}, {@code no-pixel-data}, {@code pixel-length-mismatch}, {@code
     *     too-many-pixels} or {@code unsupported-pixel-format}
     */
    static ImageDescription check(Image image, PixelLimits limits) throws UnpreparedImage {
        TransferSyntax syntax = syntax(image);
        if (image.pixels() == null) {
            throw new UnpreparedImage("no-pixel-data", "The image has no pixel data.");
        }
        if (image.rows() < 1 || image.columns() < 1) {
            throw new UnpreparedImage(
                    "pixel-length-mismatch",
                    "The image says it has " + image.rows() + " rows and " + image.columns() + " columns.");
        }
        long pixels = (long) image.rows() * image.columns();
        if (pixels > limits.maxPixels()) {
            throw tooManyPixels("The image has " + pixels + " pixels", limits);
        }
        ImageDescription description = description(image, limits);
        boolean wordsUnknown = syntax.bigEndian() && description.bitsAllocated() != 16;
        if (wordsUnknown || !(GreyScale.isGrey(description.photometric()) || inColour(description))) {
            throw unsupported(image);
        }
        if (!syntax.encapsulated()) {
            checkLength(description, image.pixels().length());
        }
        return description;
    }

    static UnpreparedImage tooManyPixels(String what, PixelLimits limits) {
        return new UnpreparedImage("too-many-pixels", what + "; at most " + limits.maxPixels() + " are read.");
    }

    private static TransferSyntax syntax(Image image) throws UnpreparedImage {
        String uid = image.transferSyntaxUid();
        boolean valid = uid != null && Uid.isValid(uid);
        if (valid) {
            TransferSyntax syntax = TransferSyntax.of(uid);
            boolean decoded =
                    syntax.encapsulated() && FrameDecoder.transferSyntaxes().contains(uid);
            // of a deflated data set there is no pixels part
            if (decoded || !syntax.encapsulated() && !syntax.deflated()) {
                return syntax;
            }
        }
        throw new UnpreparedImage(
                "unsupported-transfer-syntax",
                "The image has transfer syntax " + (valid ? uid : "(not a UID)") + ", which is not decoded here.");
    }

    private static ImageDescription description(Image image, PixelLimits limits) throws UnpreparedImage {
        try {
            if (Double.isFinite(image.rescaleSlope()) && Double.isFinite(image.rescaleIntercept())) {
                return ImageDescription.of(ImageHeader.of(image), limits);
            }
        } catch (MalformedInput e) {
            if (e.kind() == MalformedInput.Kind.LIMIT) {
                throw new UnpreparedImage("too-many-pixels", "The image is refused: " + e.getMessage() + ".");
            }
        }
        throw unsupported(image);
    }

    /** Three samples that are, or are decoded to, colours read here; a palette is not among what the manifest tells. */
    private static boolean inColour(ImageDescription description) {
        return switch (description.photometric()) {
            case YBR_ICT, YBR_RCT -> true;
            default -> Colour.reads(description.photometric());
        };
    }

    private static UnpreparedImage unsupported(Image image) {
        String photometric = String.valueOf(image.photometricInterpretation());
        return new UnpreparedImage(
                "unsupported-pixel-format",
                "The image has " + image.samplesPerPixel() + " samples a pixel, photometric interpretation "
                        + (photometric.matches("[A-Z0-9_ ]{1,16}") ? photometric : "(not a code)") + ", "
                        + image.bitsAllocated() + " bits allocated, " + image.bitsStored() + " stored, high bit "
                        + image.highBit() + ", pixel representation " + image.pixelRepresentation()
                        + ", planar configuration " + image.planarConfiguration() + ", rescale slope "
                        + image.rescaleSlope() + " and intercept " + image.rescaleIntercept() + ".");
    }

    /** A value of odd length has one byte of padding (PS3.5 section 8.1.1). */
    private static void checkLength(ImageDescription image, long stored) throws UnpreparedImage {
        long length = (image.frameBits() * image.frames() + 7) / 8;
        if (stored != length && stored != length + (length & 1)) {
            throw new UnpreparedImage(
                    "pixel-length-mismatch",
                    "The pixel data has " + stored + " bytes; " + image.frames() + " frames × " + image.rows()
                            + " rows × " + image.columns() + " columns × " + image.samples() + " samples × "
                            + image.bitsAllocated() + " bits are " + length + ".");
        }
    }

    /**
     * @param image  that {@link #check} let pass
     * @param pixels its whole pixels part
     * @throws UnpreparedImage      as {@link Decoding#run}
     * @throws InterruptedException if the process must end
     */
    static StoredFrames open(Image image, byte[] pixels, PixelLimits limits)
            throws UnpreparedImage, InterruptedException {
        DataSet header = ImageHeader.of(image);
        FrameReader reader = Decoding.run(limits, () -> reader(image, header, pixels, limits));
        return new StoredFrames(image, reader, header, limits);
    }

    /** The reader alone, as volumes take it. */
    static FrameReader reader(Image image, DataSet header, byte[] pixels, PixelLimits limits) throws IOException {
        TransferSyntax syntax = TransferSyntax.of(image.transferSyntaxUid());
        long length = syntax.encapsulated() ? -1 : pixels.length;
        // more than 8 bits are words (PS3.5 annex A.3), and only of those big endian is let pass
        PixelData form = new PixelData(syntax.bigEndian() ? VR.OW : VR.OB, length, 0);
        return FrameReader.open(header, syntax, form, PixelBytes.of(pixels), limits);
    }

    static ModalityTransform.Rescale modality(Image image) {
        return new ModalityTransform.Rescale(image.rescaleSlope(), image.rescaleIntercept());
    }

    /**
     * @param frame from 0
     * @throws UnpreparedImage as {@link Decoding#run}
     */
    Frame frame(int frame) throws UnpreparedImage, InterruptedException {
        return Decoding.run(limits, () -> reader.frame(frame));
    }

    /** See {@link ImageHeader}. */
    DataSet header() {
        return header;
    }

    ModalityTransform.Rescale modality() {
        return modality;
    }
}
