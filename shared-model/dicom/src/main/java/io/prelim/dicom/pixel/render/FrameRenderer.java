package io.prelim.dicom.pixel.render;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.FunctionalGroups;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelRefusal;
import java.awt.image.BufferedImage;

/**
 * From a decoded frame to the picture a reader expects to see, the one way of it: modality transform, window or VOI table, what is
 * white (PS3.4 section N.2), or palette or colours; then overlays, and the shape and size of the picture. Has no state beside its data
 * set: any thread may call it while none changes that.
 *
 * <p>Shown is the first window of the frame, else its first VOI table, else the range of its values without padding. Not done:
 * display shutters, ICC profiles (colours stay as stored), supplemental palettes, presentation states; annotation is never burnt in.
 */
public final class FrameRenderer {
    /** Of the largest array. */
    private static final long MOST_LEVELS = Integer.MAX_VALUE - 15;
    /** The longest side a data set can say. */
    private static final double MOST_A_SIDE = 0xFFFF;

    private final DataSet dataSet;
    private final FunctionalGroups groups;
    private final int frames;

    /** @param dataSet what comes before pixel data; kept, not copied */
    public FrameRenderer(DataSet dataSet) {
        this.dataSet = dataSet;
        this.groups = new FunctionalGroups(dataSet);
        this.frames = Math.max(1, dataSet.integer(Tag.NUMBER_OF_FRAMES, 1));
    }

    /**
     * A picture of 8 bits, grey or sRGB, its pixels square. It takes a byte (of colours three) for each pixel of the frame, and the
     * same for each of the viewport. Encode it, or take its raster: {@link BufferedImage#getRGB} takes greys for linear ones.
     *
     * @param frame as {@link io.prelim.dicom.pixel.read.FrameReader} reads it
     * @param number of the frame, from 0
     * @throws MalformedInput when the frame is beyond those there are, what the data set says of showing it is contradictory, its
     *     interpretation has no picture, or the part to be shown lies beside it
     */
    public BufferedImage render(Frame frame, int number, Rendering rendering) throws MalformedInput {
        Picture picture = picture(frame, number, rendering);
        return sized(picture, PixelShape.aspect(dataSet, groups, number), rendering.viewport())
                .image();
    }

    /** In the frame's size, a pixel for each of its pixels. */
    Picture picture(Frame frame, int number, Rendering rendering) throws MalformedInput {
        if (number < 0 || number >= frames) {
            throw PixelRefusal.structure("frame beyond those there are", 0, Math.max(-1, number));
        }
        ImageDescription image = frame.image();
        int bands = GreyScale.isGrey(image.photometric()) ? 1 : 3;
        if (image.pixels() * bands > MOST_LEVELS) {
            throw PixelRefusal.limit("frame too large for a picture", image.pixels());
        }
        byte[] levels = levels(frame, number, rendering);
        Picture picture = new Picture(image.columns(), image.rows(), bands, levels);
        if (rendering.overlays()) {
            for (Overlay overlay : Overlay.of(dataSet)) {
                overlay.burn(picture, frame, number);
            }
        }
        return picture;
    }

    private byte[] levels(Frame frame, int number, Rendering rendering) throws MalformedInput {
        ImageDescription image = frame.image();
        return switch (image.photometric()) {
            case MONOCHROME1, MONOCHROME2 -> greys(frame, number, rendering.window());
            case PALETTE_COLOR -> Palette.of(dataSet, image.signed()).rgb(frame);
            default -> {
                if (!Colour.reads(image.photometric())) {
                    throw PixelRefusal.unsupported(
                            "no picture of " + image.photometric().term());
                }
                yield Colour.rgb(frame);
            }
        };
    }

    private byte[] greys(Frame frame, int number, VoiTransform.Window window) throws MalformedInput {
        ImageDescription image = frame.image();
        ModalityTransform modality = ModalityTransform.of(
                groups.frame(number).macroOrImage(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE), image.signed());
        VoiTransform voi = window;
        if (voi == null) {
            boolean signed = Math.min(modality.apply(image.least()), modality.apply(image.greatest())) < 0;
            voi = VoiTransform.first(groups.frame(number).macroOrImage(Tag.FRAME_VOI_LUT_SEQUENCE), signed);
        }
        if (voi == null) {
            voi = GreyScale.range(frame, modality, PixelPadding.of(dataSet, image));
        }
        return GreyScale.grey(frame, modality, voi, GreyScale.inverted(dataSet, image.photometric()));
    }

    private static Picture sized(Picture picture, double aspect, Viewport viewport) throws MalformedInput {
        if (viewport == null) {
            return whole(picture, aspect);
        }
        double across = Math.min(viewport.across(), picture.width() - viewport.left());
        double down = Math.min(viewport.down(), picture.height() - viewport.top());
        if (!(across > 0 && down > 0)) {
            throw PixelRefusal.parameter("viewport's part beside the frame");
        }
        // in units of a pixel's height
        double scale = Math.min(viewport.width() / (across * aspect), viewport.height() / down);
        int width = within(across * aspect * scale, viewport.width());
        int height = within(down * scale, viewport.height());
        Axis horizontal = new Axis(picture.width(), viewport.left(), across, width, viewport.mirrored());
        Axis vertical = new Axis(picture.height(), viewport.top(), down, height, viewport.upsideDown());
        return Scaler.scale(picture, horizontal, vertical);
    }

    private static int within(double size, int most) {
        return (int) Math.max(1, Math.min(most, Math.round(size)));
    }

    /** The coarser direction is given more pixels, so that none is lost; where those are too many, the finer one loses some. */
    private static Picture whole(Picture picture, double aspect) {
        if (aspect == 1) {
            return picture;
        }
        double width = picture.width() * Math.max(1, aspect);
        double height = picture.height() * Math.max(1, 1 / aspect);
        double most = Math.max(Viewport.MOST_PIXELS, (double) picture.width() * picture.height());
        if (width * height > most || Math.max(width, height) > MOST_A_SIDE) {
            width = picture.width() * Math.min(1, aspect);
            height = picture.height() * Math.min(1, 1 / aspect);
        }
        int columns = within(width, (int) MOST_A_SIDE);
        int rows = within(height, (int) MOST_A_SIDE);
        return Scaler.scale(
                picture,
                new Axis(picture.width(), 0, picture.width(), columns, false),
                new Axis(picture.height(), 0, picture.height(), rows, false));
    }
}
