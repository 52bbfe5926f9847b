package io.prelim.inference.model;

import io.prelim.dicom.pixel.render.VoiTransform;
import java.util.List;
import java.util.Optional;

/**
 * How the pixels of a study become the model's input, as the manifest declares it: steps in one fixed order, which {@code
 * models/README.md} states. A step all models may want is added here and in {@code prepare}; never code of a single model.
 */
public sealed interface Preparation {
    /** The tensor's sides with its batch axis, which is always 1. */
    long[] shape();

    /**
     * One frame becomes one tensor: {@code [1, channels, height, width]} or {@code [1, height, width, channels]}, float32.
     *
     * @param take    which of an image's frames
     * @param window  before the resize; greys are then 0 to 1
     * @param invert  whether MONOCHROME1 is turned
     * @param cropPad the tensor's size where it is there, else that of {@code resize}, which then squashes
     */
    record SingleFrame(
            Take take,
            Colour colour,
            Optional<Window> window,
            boolean invert,
            Optional<Resize> resize,
            Optional<Intensity> intensity,
            Optional<CropPad> cropPad,
            Optional<Normalisation> normalisation,
            Layout layout)
            implements Preparation {
        /** @throws IllegalArgumentException if no step gives the tensor its size */
        public SingleFrame {
            if (cropPad.isEmpty()
                    && resize.filter(size -> size.mode() == Mode.SQUASH).isEmpty()) {
                throw new IllegalArgumentException("no step gives the tensor its size");
            }
        }

        /** The short form: an image of one frame, grey, squashed with {@link Interpolation#BILINEAR_ANTIALIAS}. */
        public SingleFrame(int width, int height, Percentile intensity) {
            this(
                    Take.ONLY,
                    Colour.GREY,
                    Optional.empty(),
                    true,
                    Optional.of(new Resize(Mode.SQUASH, Interpolation.BILINEAR_ANTIALIAS, width, height)),
                    Optional.of(intensity),
                    Optional.empty(),
                    Optional.empty(),
                    Layout.NCHW);
        }

        /** Columns of the tensor. */
        public int width() {
            return cropPad.map(CropPad::width)
                    .orElseGet(() -> resize.orElseThrow().width());
        }

        /** Rows of the tensor. */
        public int height() {
            return cropPad.map(CropPad::height)
                    .orElseGet(() -> resize.orElseThrow().height());
        }

        @Override
        public long[] shape() {
            return layout == Layout.NCHW
                    ? new long[] {1, colour.channels(), height(), width()}
                    : new long[] {1, height(), width(), colour.channels()};
        }
    }

    /**
     * The images of a series become one tensor of shape {@code [1, 1, depth, height, width]}, float32.
     *
     * @param leastSlices a series with fewer images is passed over, 2 or more
     * @param orientation which way the tensor's axes run, or as acquired
     * @param window      never that of the object, whose slices may differ, nor percentiles, which would need all of it at once
     * @param invert      whether MONOCHROME1 is turned
     * @param spacing     distances of voxels, or as acquired
     */
    record Volumetric(
            int leastSlices,
            Optional<Orientation> orientation,
            Optional<VoiTransform.Window> window,
            boolean invert,
            Optional<Spacing> spacing,
            Optional<Intensity> intensity,
            Box box,
            Optional<Normalisation> normalisation)
            implements Preparation {
        @Override
        public long[] shape() {
            return new long[] {1, 1, box.depth(), box.height(), box.width()};
        }
    }

    /** Which frames of an image. */
    enum Take {
        /** The only one: an image of several is refused. */
        ONLY,
        FIRST,
        /** Number ⌊n / 2⌋ + 1 of n, counted from 1. */
        MIDDLE,
        /** Each, one tensor a frame. */
        ALL
    }

    /** What a pixel has. */
    enum Colour {
        /** RGB as 0.299 R + 0.587 G + 0.114 B. */
        GREY(1),
        /** Red, green, blue, 0 to 255, or 0 to 1 where there is a window; greys three times. */
        RGB(3);

        private final int channels;

        Colour(int channels) {
            this.channels = channels;
        }

        public int channels() {
            return channels;
        }
    }

    /** How axes follow each other. */
    enum Layout {
        NCHW,
        NHWC
    }

    /** What is taken for black and white before the resize. */
    sealed interface Window permits FixedWindow, ObjectWindow, Percentile {}

    /** In the modality's units. */
    record FixedWindow(VoiTransform.Window window) implements Window {}

    /** The first the object names, else the range of the frame's values. */
    record ObjectWindow() implements Window {}

    /** How values are scaled after the resize, by what they are. */
    sealed interface Intensity permits Percentile, StandardScore {}

    /**
     * {@code (v - lo) / max(hi - lo, 1e-6)} clipped to 0..1, lo and hi being percentiles of the image by linear interpolation (numpy's
     * default).
     *
     * @param low  0 to 100, in percent
     * @param high above {@code low}
     */
    record Percentile(double low, double high) implements Window, Intensity {}

    /** {@code (v - mean) / max(std, 1e-6)}, both of the image. */
    record StandardScore() implements Intensity {}

    /** What becomes of the aspect ratio. */
    enum Mode {
        /** It is not kept. */
        SQUASH,
        /** The largest size within width and height. */
        CONTAIN,
        /** The smallest size that covers width and height. */
        COVER
    }

    /** How values between samples are made; PyTorch's {@code interpolate(align_corners=False)} has the same under these names. */
    enum Interpolation {
        /** Sample ⌊i · in / out⌋. */
        NEAREST,
        BILINEAR,
        /** Cubic convolution, a = -0.75. */
        BICUBIC,
        /** A triangle as wide as the reduction: {@code antialias=True}. */
        BILINEAR_ANTIALIAS
    }

    /**
     * A resize.
     *
     * @param width  columns, or the side to fit
     * @param height rows, or the side to fit
     */
    record Resize(Mode mode, Interpolation interpolation, int width, int height) {}

    /**
     * Cut or filled up around the centre.
     *
     * @param value what is filled up with, before it is normalised
     */
    record CropPad(int width, int height, double value) {}

    /** See {@link CropPad}, with slices. */
    record Box(int depth, int height, int width, double value) {}

    /**
     * Millimetres from a voxel's centre to the next along the tensor's axes; values between are trilinear, the first voxel stays where
     * it is, and none lies beyond the last.
     */
    record Spacing(double depth, double height, double width) {}

    /**
     * Which way width, height and depth run: each towards the patient's {@link Towards left}, right, and so on. Axes are turned to the
     * nearest, never slanted.
     */
    record Orientation(Towards width, Towards height, Towards depth) {}

    /** A direction in the patient. */
    enum Towards {
        L,
        R,
        A,
        P,
        S,
        I
    }

    /**
     * {@code (v · scale - mean) / std}.
     *
     * @param mean one for all channels, or one each
     * @param std  as many, above zero
     */
    record Normalisation(double scale, List<Double> mean, List<Double> std) {
        public Normalisation {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }
    }
}
