package io.prelim.inference.prepare;

import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelLimits;
import io.prelim.dicom.pixel.read.FrameReader;
import io.prelim.dicom.volume.Volume;
import io.prelim.dicom.volume.VolumeReader;
import io.prelim.events.StudyManifest.Image;
import io.prelim.inference.model.Preparation.Spacing;
import io.prelim.inference.model.Preparation.Volumetric;
import io.prelim.inference.segment.VoxelGrid;
import java.io.IOException;
import java.util.function.DoubleUnaryOperator;

/**
 * Carries out a {@link Volumetric}: slices are added one after the other, each is resampled and let go, so that what is held is the
 * volume at the spacing declared, one slice, and in the end the tensor. Equal to a numpy/scipy reference within 1e-4.
 */
public final class VolumePreparation {
    /** A sample of 64 bits and its value. */
    private static final long MOST_BYTES_A_PIXEL = 12;

    private final Volumetric how;
    private final VolumeStacks.Stack stack;
    private final PixelLimits limits;
    private final AxisOrder order;
    private final int[] sizes;
    private final double[] spacing;
    private final double[] wanted;
    /** By acquired axis. */
    private final AxisFilter[] filters = new AxisFilter[AxisOrder.AXES];

    private final float[] resampled;
    private int added;

    private VolumePreparation(Volumetric how, VolumeStacks.Stack stack, PixelLimits limits) throws UnpreparedImage {
        this.how = how;
        this.stack = stack;
        this.limits = limits;
        Volume volume = stack.volume();
        this.order =
                how.orientation().map(towards -> AxisOrder.of(volume, towards)).orElse(AxisOrder.ACQUIRED);
        this.spacing = new double[] {volume.columnSpacing(), volume.rowSpacing(), volume.sliceSpacing()};
        this.wanted = how.spacing().map(this::byAcquiredAxis).orElse(spacing);
        this.sizes = new int[] {volume.columns(), volume.rows(), volume.slices().size()};
        double voxels = 1;
        for (int axis = 0; axis < AxisOrder.AXES; axis++) {
            voxels *= AxisFilter.spacedSize(sizes[axis], spacing[axis], wanted[axis]);
        }
        if (voxels > limits.maxPixels()) {
            throw StoredFrames.tooManyPixels("The volume has " + Math.round(voxels) + " voxels", limits);
        }
        for (int axis = 0; axis < AxisOrder.AXES; axis++) {
            boolean fromEnd = order.flipped().get(order.source().indexOf(axis));
            filters[axis] = AxisFilter.spaced(sizes[axis], spacing[axis], wanted[axis], fromEnd);
        }
        this.resampled = new float[(int) voxels];
    }

    private double[] byAcquiredAxis(Spacing spacing) {
        double[] wanted = {spacing.width(), spacing.height(), spacing.depth()};
        double[] acquired = new double[AxisOrder.AXES];
        for (int axis = 0; axis < AxisOrder.AXES; axis++) {
            acquired[order.source().get(axis)] = wanted[axis];
        }
        return acquired;
    }

    /**
     * @throws UnpreparedImage if an image cannot be read, as far as can be told before its pixels are fetched; {@code too-many-pixels} if
     *     the volume is too large at the spacing declared
     */
    public static VolumePreparation open(Volumetric how, VolumeStacks.Stack stack, PixelLimits limits)
            throws UnpreparedImage {
        for (Image image : stack.images()) {
            StoredFrames.check(image, limits);
        }
        return new VolumePreparation(how, stack, limits);
    }

    /**
     * Adds the next slice, in the order of the stack.
     *
     * @param pixels its image's whole pixels part
     * @throws UnpreparedImage      if its pixels are not what they should be
     * @throws InterruptedException if the process must end
     */
    public void add(byte[] pixels) throws UnpreparedImage, InterruptedException {
        int slice = added++;
        Image image = stack.images().get(slice);
        float[] values = Decoding.run(limits, () -> reader(image, pixels).values(slice));
        display(image, values);
        AxisFilter through = filters[2];
        float[] plane = null;
        for (int k = 0; k < through.size(); k++) {
            if (slice >= through.first(k) && slice < through.end(k)) {
                plane = plane == null ? inPlane(values) : plane;
                Resizer.add(plane, through.weights(k)[slice - through.first(k)], resampled, k * plane.length);
            }
        }
    }

    private VolumeReader reader(Image image, byte[] pixels) {
        VolumeReader.Images only = new VolumeReader.Images() {
            @Override
            public DataSet header(String sopInstanceUid) {
                return ImageHeader.of(image);
            }

            @Override
            public FrameReader frames(String sopInstanceUid) throws IOException {
                return StoredFrames.reader(image, header(sopInstanceUid), pixels, limits);
            }
        };
        return new VolumeReader(stack.volume(), only, MOST_BYTES_A_PIXEL * limits.maxPixels());
    }

    private void display(Image image, float[] values) throws UnpreparedImage {
        ImageDescription description = StoredFrames.check(image, limits);
        DoubleUnaryOperator value =
                how.window().<DoubleUnaryOperator>map(window -> window::apply).orElse(DoubleUnaryOperator.identity());
        if (how.invert()) {
            value = GreyWindow.inverted(value, how.window().isPresent(), description, StoredFrames.modality(image));
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value.applyAsDouble(values[i]);
        }
    }

    private float[] inPlane(float[] values) {
        int columns = stack.volume().columns();
        Rows rows = new Rows() {
            @Override
            public int channels() {
                return 1;
            }

            @Override
            public void read(int channel, int row, float[] into) {
                System.arraycopy(values, row * columns, into, 0, columns);
            }
        };
        float[] plane = new float[filters[0].size() * filters[1].size()];
        new Resizer(filters[0], filters[1])
                .resize(rows, 0, columns, stack.volume().rows(), plane, 0);
        return plane;
    }

    /**
     * The tensor, once every slice was added; what was held of them is used up.
     *
     * @throws IllegalStateException if slices are missing, or this was asked for before
     */
    public Tensor tensor() {
        if (added != stack.images().size()) {
            throw new IllegalStateException(
                    added + " slices of " + stack.images().size());
        }
        added = -1;
        how.intensity().ifPresent(intensity -> IntensityScale.apply(intensity, resampled));
        ChannelScale scale = ChannelScale.of(how.normalisation(), 0);
        float filled = scale.apply(how.box().value());
        int[] shape = {how.box().width(), how.box().height(), how.box().depth()};
        float[] values = new float[shape[0] * shape[1] * shape[2]];
        int[] strides = {1, filters[0].size(), filters[0].size() * filters[1].size()};
        int at = 0;
        for (int z = 0; z < shape[2]; z++) {
            int deep = place(2, z, shape, strides);
            for (int y = 0; y < shape[1]; y++) {
                int down = place(1, y, shape, strides);
                for (int x = 0; x < shape[0]; x++) {
                    int across = place(0, x, shape, strides);
                    boolean inside = deep >= 0 && down >= 0 && across >= 0;
                    values[at++] = inside ? scale.apply(resampled[deep + down + across]) : filled;
                }
            }
        }
        return new Tensor(values, how.shape());
    }

    /** Where the tensor's voxels come from. */
    public VoxelGrid grid() {
        int[] box = {how.box().width(), how.box().height(), how.box().depth()};
        int[] first = new int[AxisOrder.AXES];
        int[] end = new int[AxisOrder.AXES];
        int[][] places = new int[AxisOrder.AXES][];
        double millilitres = 1e-3;
        int stride = 1;
        for (int axis = 0; axis < AxisOrder.AXES; axis++) {
            int source = order.source().get(axis);
            int size = filters[source].size();
            int offset = FrameLayout.centred(size, box[axis]);
            first[axis] = Math.max(0, -offset);
            end[axis] = Math.min(box[axis], size - offset);
            places[source] = new int[sizes[source]];
            for (int i = 0; i < sizes[source]; i++) {
                int fromFirst = order.flipped().get(axis) ? sizes[source] - 1 - i : i;
                long nearest = Math.round(fromFirst * spacing[source] / wanted[source]);
                int index = (int) Math.min(nearest, size - 1) - offset;
                places[source][i] = FrameLayout.within(index, box[axis]) ? index * stride : -1;
            }
            millilitres *= wanted[source];
            stride *= box[axis];
        }
        return new VoxelGrid(stack.volume(), box, first, end, places, millilitres);
    }

    /** What an index of the tensor adds to the place among the resampled voxels, or -1 where it lies beside them. */
    private int place(int axis, int index, int[] shape, int[] strides) {
        int source = order.source().get(axis);
        int size = filters[source].size();
        int oriented = index + FrameLayout.centred(size, shape[axis]);
        if (!FrameLayout.within(oriented, size)) {
            return -1;
        }
        return (order.flipped().get(axis) ? size - 1 - oriented : oriented) * strides[source];
    }
}
