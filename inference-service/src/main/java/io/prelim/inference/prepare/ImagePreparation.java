package io.prelim.inference.prepare;

import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.model.Preparation.Colour;
import io.prelim.inference.model.Preparation.Interpolation;
import io.prelim.inference.model.Preparation.Mode;
import io.prelim.inference.model.Preparation.Resize;
import io.prelim.inference.model.Preparation.SingleFrame;
import io.prelim.inference.model.Preparation.Take;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Carries out a {@link SingleFrame}: frames of one image to tensors, equal to a numpy/PyTorch reference within 1e-4. Holds one frame and
 * one tensor at a time, beside the part.
 */
public final class ImagePreparation {
    private static final float COLOURS = 255;

    private final SingleFrame how;
    private final FramePlace place;
    private final StoredFrames stored;
    private final List<Integer> frames;
    private final PixelLimits limits;

    private ImagePreparation(
            SingleFrame how, FramePlace place, StoredFrames stored, List<Integer> frames, PixelLimits limits) {
        this.how = how;
        this.place = place;
        this.stored = stored;
        this.frames = frames;
        this.limits = limits;
    }

    /**
     * Checks what can be told before the pixels are fetched.
     *
     * @param limits bounds of each decode; its pixels are those of all frames that are taken
     * @throws UnpreparedImage with the reason why the image cannot be read
     */
    public static void check(SingleFrame how, Image image, PixelLimits limits) throws UnpreparedImage {
        if (how.take() == Take.ONLY && image.frames() > 1) {
            throw new UnpreparedImage(
                    "multi-frame", "The image has " + image.frames() + " frames; the model reads single images.");
        }
        ImageDescription description = StoredFrames.check(image, limits);
        long taken = how.take() == Take.ALL ? image.frames() : 1;
        if (description.pixels() * taken > limits.maxPixels()) {
            throw StoredFrames.tooManyPixels(
                    "The image has " + taken + " frames of " + description.pixels() + " pixels", limits);
        }
    }

    /**
     * @param pixels the image's whole pixels part
     * @throws UnpreparedImage      as {@link #check}, and where the pixels are not what they should be
     * @throws InterruptedException if the process must end
     */
    public static ImagePreparation open(SingleFrame how, Image image, byte[] pixels, PixelLimits limits)
            throws UnpreparedImage, InterruptedException {
        check(how, image, limits);
        return new ImagePreparation(
                how,
                FramePlace.of(how, image.columns(), image.rows()),
                StoredFrames.open(image, pixels, limits),
                frames(how.take(), image.frames()),
                limits);
    }

    private static List<Integer> frames(Take take, int count) {
        return switch (take) {
            case ONLY, FIRST -> List.of(1);
            case MIDDLE -> List.of(count / 2 + 1);
            case ALL -> IntStream.rangeClosed(1, count).boxed().toList();
        };
    }

    /** Where each frame lies in its tensor. */
    public FramePlace place() {
        return place;
    }

    /** The numbers of the frames taken, from 1 (PS3.3 section C.7.6.16). */
    public List<Integer> frames() {
        return frames;
    }

    /**
     * @param frame one of {@link #frames}
     * @throws UnpreparedImage      where the frame's pixels are not what they should be
     * @throws InterruptedException if the process must end
     */
    public Tensor tensor(int frame) throws UnpreparedImage, InterruptedException {
        Frame decoded = stored.frame(frame - 1);
        Rows rows = rows(decoded);
        ImageDescription image = decoded.image();
        AxisFilter across = AxisFilter.identity(image.columns());
        AxisFilter down = AxisFilter.identity(image.rows());
        if (how.resize().isPresent()) {
            Resize resize = how.resize().get();
            Interpolation interpolation = resize.interpolation();
            FramePlace size = resized(resize, image);
            across = AxisFilter.of(interpolation, image.columns(), size.resizedColumns());
            down = AxisFilter.of(interpolation, image.rows(), size.resizedRows());
        }
        int plane = Math.multiplyExact(across.size(), down.size());
        float[] planes = new float[Math.multiplyExact(plane, rows.channels())];
        Resizer resizer = new Resizer(across, down);
        for (int channel = 0; channel < rows.channels(); channel++) {
            resizer.resize(rows, channel, image.columns(), image.rows(), planes, channel * plane);
        }
        how.intensity().ifPresent(intensity -> IntensityScale.apply(intensity, planes));
        return FrameLayout.tensor(how, planes, across.size(), down.size());
    }

    private Rows rows(Frame frame) throws UnpreparedImage, InterruptedException {
        boolean windowed = how.window().isPresent();
        if (how.colour() == Colour.RGB && frame.image().samples() == Colour.RGB.channels()) {
            return new ColourRows(frame, windowed ? 1 : COLOURS);
        }
        DoubleUnaryOperator value = DoubleUnaryOperator.identity();
        if (windowed) {
            value = Decoding.run(
                    limits, () -> GreyWindow.of(how.window().get(), frame, stored.modality(), stored.header()));
        }
        if (how.invert()) {
            value = GreyWindow.inverted(value, windowed, frame.image(), stored.modality());
        }
        return new GreyRows(frame, stored.modality(), value);
    }

    private FramePlace resized(Resize resize, ImageDescription image) throws UnpreparedImage {
        FramePlace place = FramePlace.of(how, image.columns(), image.rows());
        double pixels = (double) place.resizedColumns() * place.resizedRows();
        double most = Math.max(limits.maxPixels(), (double) resize.width() * resize.height());
        if (resize.mode() == Mode.COVER && pixels > most) {
            throw StoredFrames.tooManyPixels(
                    "The image covers its frame with " + Math.round(pixels) + " pixels", limits);
        }
        return place;
    }
}
