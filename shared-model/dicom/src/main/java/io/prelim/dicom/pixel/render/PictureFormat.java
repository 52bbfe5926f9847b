package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.pixel.PixelRefusal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodings of pictures that any browser shows (PS3.18 section 8.7.4), by the JDK's own writers. */
public enum PictureFormat {
    /** With loss; colour differences are halved both ways. */
    JPEG("image/jpeg", "jpeg", 65_500),
    /** Without loss. */
    PNG("image/png", "png", Integer.MAX_VALUE);

    /** For whoever asks for none. */
    public static final int DEFAULT_QUALITY = 90;

    private final String mediaType;
    private final String name;
    private final int mostASide;

    PictureFormat(String mediaType, String name, int mostASide) {
        this.mediaType = mediaType;
        this.name = name;
        this.mostASide = mostASide;
    }

    /** Such as {@code image/jpeg}. */
    public String mediaType() {
        return mediaType;
    }

    /**
     * The query parameter {@code quality} (PS3.18 section 8.3.5.1.2).
     *
     * @param value 1 to 100, or null for {@link #DEFAULT_QUALITY}
     * @throws MalformedInput when it is none
     */
    public static int quality(String value) throws MalformedInput {
        int quality = value == null ? DEFAULT_QUALITY : QueryNumber.integer(value);
        if (quality < 1 || quality > 100) {
            throw PixelRefusal.parameter("quality other than 1 to 100");
        }
        return quality;
    }

    /**
     * Encodes a picture in memory, and writes it.
     *
     * @param picture as {@link FrameRenderer} makes it
     * @param quality of JPEG, 1 to 100: more is better, and larger; PNG has none
     * @param out left open
     * @throws MalformedInput of kind LIMIT, when a side is longer than the format has it
     * @throws IOException as the stream does
     */
    public void write(BufferedImage picture, int quality, OutputStream out) throws IOException {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality must be 1 to 100");
        }
        int side = Math.max(picture.getWidth(), picture.getHeight());
        if (side > mostASide) {
            throw PixelRefusal.limit("picture with a side longer than " + name + " has", side);
        }
        ImageWriter writer = writer();
        // made here and not by ImageIO, which may take a file for it
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (this == JPEG) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(quality / 100f);
            }
            writer.write(null, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
    }

    /** The JDK's own: libraries that decode frames register writers of theirs. */
    private ImageWriter writer() {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(name);
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getModule() == ImageWriter.class.getModule()) {
                return writer;
            }
            writer.dispose();
        }
        throw new IllegalStateException("the JDK writes no " + name);
    }
}
