package io.prelim.report.render.seg;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.syntax.TransferSyntax;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A mask as inference made it: NIfTI-1, gzipped, unsigned bytes, columns × rows × slices as acquired, with an extension of DICOM attributes
 * that says which images its slices are of. Voxels are read slice by slice.
 */
public final class Mask {
    /** A larger one is not written: 32 MiB as bits. */
    static final long MOST_VOXELS = 1L << 28;

    private static final int HEADER = 352;
    private static final int DICOM = 2;
    private static final int MOST_EXTENSION = 4 << 20;

    private final InputStream in;
    private final int columns;
    private final int rows;
    private final Sources sources;

    private Mask(InputStream in, int columns, int rows, Sources sources) {
        this.in = in;
        this.columns = columns;
        this.rows = rows;
        this.sources = sources;
    }

    /**
     * What the slices are of.
     *
     * @param frameOfReferenceUid null where it is not known
     * @param orientation         six direction cosines, row and column
     * @param spacing             from row to row, from column to column, mm
     * @param sliceSpacing        mm
     */
    record Sources(
            String frameOfReferenceUid,
            List<Double> orientation,
            List<Double> spacing,
            double sliceSpacing,
            List<Slice> slices) {}

    /**
     * The image of a slice.
     *
     * @param frame             from 1
     * @param seriesInstanceUid null where it is not told
     * @param position          of the first voxel's centre, mm, LPS
     */
    record Slice(
            String sopClassUid, String sopInstanceUid, int frame, String seriesInstanceUid, List<Double> position) {}

    /**
     * Reads up to the voxels.
     *
     * @return empty if it does not say what it is of, or is larger than is written
     */
    public static Optional<Mask> open(InputStream gzipped) throws IOException {
        InputStream in = new GZIPInputStream(gzipped, 1 << 15);
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        // nifti1.h: dim, datatype, vox_offset, extension
        if (header.remaining() < HEADER
                || header.getShort(40) != 3
                || header.getShort(70) != 2
                || header.get(348) == 0) {
            return Optional.empty();
        }
        int columns = header.getShort(42);
        int rows = header.getShort(44);
        int slices = header.getShort(46);
        if (columns < 1 || rows < 1 || slices < 1 || (long) columns * rows * slices > MOST_VOXELS) {
            return Optional.empty();
        }
        Sources sources = null;
        for (long left = (long) header.getFloat(108) - HEADER; left > 0; ) {
            ByteBuffer head = ByteBuffer.wrap(in.readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN);
            int length = head.remaining() < 8 ? 0 : head.getInt(0);
            if (length < 8 || length > left || length > MOST_EXTENSION) {
                return Optional.empty();
            }
            byte[] data = in.readNBytes(length - 8);
            if (head.getInt(4) == DICOM) {
                sources = sources(data);
            }
            left -= length;
        }
        return sources == null || sources.slices().size() != slices
                ? Optional.empty()
                : Optional.of(new Mask(in, columns, rows, sources));
    }

    private static Sources sources(byte[] data) throws IOException {
        try {
            DataSet said = DataSetReader.read(
                    new ByteArrayInputStream(data), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, ReadLimits.DEFAULT);
            List<Slice> slices = said.items(Tag.SOURCE_IMAGE_SEQUENCE).stream()
                    .map(item -> new Slice(
                            item.string(Tag.REFERENCED_SOP_CLASS_UID),
                            item.string(Tag.REFERENCED_SOP_INSTANCE_UID),
                            item.integer(Tag.REFERENCED_FRAME_NUMBER, 1),
                            item.string(Tag.SERIES_INSTANCE_UID),
                            item.decimals(Tag.IMAGE_POSITION_PATIENT)))
                    .toList();
            List<Double> orientation = said.decimals(Tag.IMAGE_ORIENTATION_PATIENT);
            List<Double> spacing = said.decimals(Tag.PIXEL_SPACING);
            List<Double> between = said.decimals(Tag.SPACING_BETWEEN_SLICES);
            boolean whole = orientation.size() == 6
                    && spacing.size() == 2
                    && between.size() == 1
                    && slices.stream()
                            .allMatch(slice -> Uid.isValid(slice.sopClassUid())
                                    && Uid.isValid(slice.sopInstanceUid())
                                    && slice.position().size() == 3);
            return whole
                    ? new Sources(said.string(Tag.FRAME_OF_REFERENCE_UID), orientation, spacing, between.get(0), slices)
                    : null;
        } catch (MalformedInput e) {
            return null;
        }
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    Sources sources() {
        return sources;
    }

    /** The series that all its slices are of; empty if there is more than one, or one is not told. */
    public Optional<String> series() {
        List<String> series = sources.slices().stream()
                .map(slice -> slice.seriesInstanceUid() == null ? "" : slice.seriesInstanceUid())
                .distinct()
                .toList();
        return series.size() == 1 && !series.get(0).isEmpty() ? Optional.of(series.get(0)) : Optional.empty();
    }

    /** The next slice's voxels, row by row; what is not 0 is of the mask. */
    byte[] next() throws IOException {
        byte[] slice = in.readNBytes(columns * rows);
        if (slice.length < columns * rows) {
            throw new IllegalStateException("a mask ends before its last slice");
        }
        return slice;
    }
}
