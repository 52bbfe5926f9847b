package io.prelim.inference.segment;

import io.prelim.dicom.volume.Volume;
import io.prelim.events.Finding.ImageReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * One label as a volume in a single file of NIfTI-1 (nifti1.h of the NIfTI Data Format Working Group), gzipped: unsigned bytes, columns
 * × rows × slices as acquired, the label's number where it is and 0 elsewhere. Where voxels lie is said by {@code sform} in scanner
 * coordinates, RAS, mm. Which images the slices are of is said in an extension of DICOM attributes ({@link SliceSources}). One slice is held
 * at a time, and the file.
 */
public final class NiftiMask {
    public static final String MEDIA_TYPE = "application/vnd.nifti+gzip";
    /** A file that would be larger is not made. */
    public static final int MOST_BYTES = 16 << 20;
    /** Nor one of more voxels, before they are compressed. */
    public static final long MOST_VOXELS = 1L << 29;

    private static final int HEADER = 348;
    private static final int DATA = 352;

    private NiftiMask() {}

    /**
     * The file.
     *
     * @param slices the images of the grid's volume, in its order
     * @param labels of the grid's box
     * @return empty if it would be too large
     */
    public static Optional<byte[]> of(VoxelGrid grid, List<ImageReference> slices, byte[] labels, int label) {
        return of(grid, slices, labels, label, MOST_BYTES);
    }

    static Optional<byte[]> of(VoxelGrid grid, List<ImageReference> slices, byte[] labels, int label, int mostBytes) {
        Volume volume = grid.volume();
        if (grid.voxels() > MOST_VOXELS
                || Math.max(
                                volume.columns(),
                                Math.max(volume.rows(), volume.slices().size()))
                        > Short.MAX_VALUE) {
            return Optional.empty();
        }
        Bounded file = new Bounded(mostBytes);
        try (OutputStream gzip = new GZIPOutputStream(file, 1 << 16)) {
            byte[] sources = SliceSources.extension(volume, slices);
            gzip.write(header(volume, DATA + sources.length));
            gzip.write(sources);
            byte[] slice = new byte[volume.columns() * volume.rows()];
            for (int k = 0; k < volume.slices().size(); k++) {
                grid.slice(labels, label, k, slice);
                gzip.write(slice);
            }
        } catch (TooLarge e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(file.toByteArray());
    }

    private static byte[] header(Volume volume, int data) {
        ByteBuffer header = ByteBuffer.allocate(DATA).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, HEADER);
        short[] dim = {
            3,
            (short) volume.columns(),
            (short) volume.rows(),
            (short) volume.slices().size(),
            1,
            1,
            1,
            1
        };
        for (int i = 0; i < dim.length; i++) {
            header.putShort(40 + Short.BYTES * i, dim[i]);
        }
        // datatype: unsigned char, of eight bits
        header.putShort(70, (short) 2);
        header.putShort(72, (short) 8);
        double[] pixdim = {1, volume.columnSpacing(), volume.rowSpacing(), volume.sliceSpacing()};
        for (int i = 0; i < pixdim.length; i++) {
            header.putFloat(76 + Float.BYTES * i, (float) pixdim[i]);
        }
        header.putFloat(108, data);
        // xyzt_units: mm
        header.put(123, (byte) 2);
        // sform_code: scanner
        header.putShort(254, (short) 1);
        double[][] affine = volume.affine();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                // from LPS to RAS
                double value = row < 2 ? -affine[row][column] : affine[row][column];
                header.putFloat(280 + Float.BYTES * (4 * row + column), (float) value);
            }
        }
        header.put(344, "n+1\0".getBytes(StandardCharsets.US_ASCII));
        // an extension follows
        header.put(HEADER, (byte) 1);
        return header.array();
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int most;

        Bounded(int most) {
            this.most = most;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (length > most - bytes.size()) {
                throw new TooLarge();
            }
            bytes.write(from, offset, length);
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }
    }
}
