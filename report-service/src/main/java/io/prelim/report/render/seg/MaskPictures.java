package io.prelim.report.render.seg;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A mask as pictures to be laid over the images it is of. */
public final class MaskPictures {
    private MaskPictures() {}

    /**
     * An image that a mask marks something of.
     *
     * @param frame  from 1
     * @param pixels that are marked, 1 or more
     */
    public record Marked(String sopInstanceUid, int frame, int pixels) {}

    /** Reads the whole mask. */
    public static List<Marked> marked(Mask mask) throws IOException {
        List<Marked> marked = new ArrayList<>();
        for (Mask.Slice slice : mask.sources().slices()) {
            int pixels = 0;
            for (byte voxel : mask.next()) {
                pixels += voxel == 0 ? 0 : 1;
            }
            if (pixels > 0) {
                marked.add(new Marked(slice.sopInstanceUid(), slice.frame(), pixels));
            }
        }
        return marked;
    }

    /**
     * Reads up to an image, and draws what is marked of it white on black, pixel for pixel, as PNG.
     *
     * @return empty where the mask is not of it
     */
    public static Optional<byte[]> png(Mask mask, String sopInstanceUid, int frame) throws IOException {
        for (Mask.Slice slice : mask.sources().slices()) {
            byte[] voxels = mask.next();
            if (slice.sopInstanceUid().equals(sopInstanceUid) && slice.frame() == frame) {
                return Optional.of(png(voxels, mask.columns(), mask.rows()));
            }
        }
        return Optional.empty();
    }

    private static byte[] png(byte[] voxels, int columns, int rows) throws IOException {
        BufferedImage picture = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
        byte[] levels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < voxels.length; i++) {
            levels[i] = (byte) (voxels[i] == 0 ? 0 : 255);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }
}
