package io.prelim.dicom.volume;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.FunctionalGroups;
import io.prelim.dicom.pixel.Frame;
import io.prelim.dicom.pixel.ImageDescription;
import io.prelim.dicom.pixel.PixelRefusal;
import io.prelim.dicom.pixel.read.FrameReader;
import io.prelim.dicom.pixel.render.GreyScale;
import io.prelim.dicom.pixel.render.ModalityTransform;
import java.io.IOException;
import java.util.Objects;

/** Reads a volume slice by slice; keeps none, so that a caller may keep as few as it likes. Not safe for use by several threads. */
public final class VolumeReader {
    /** Where the objects of a volume are had from: a store, files. Asked once a slice; whoever implements it may keep the last. */
    public interface Images {
        /** What comes before an object's pixel data. */
        DataSet header(String sopInstanceUid) throws IOException;

        /** Its frames. */
        FrameReader frames(String sopInstanceUid) throws IOException;
    }

    private final Volume volume;
    private final Images images;
    private final long maxBytes;

    /**
     * @param maxBytes bytes that the reading of one slice may take: stored samples and values together, beside what a decoder takes
     */
    public VolumeReader(Volume volume, Images images, long maxBytes) {
        this.volume = Objects.requireNonNull(volume, "volume");
        this.images = Objects.requireNonNull(images, "images");
        this.maxBytes = maxBytes;
    }

    /**
     * A slice's modality values, such as Hounsfield units: rows × columns, row by row.
     *
     * @param slice index along the normal, from 0
     * @throws MalformedInput when its frame is refused, is not of the volume's size, or takes more memory than allowed
     * @throws IOException when its bytes cannot be had
     */
    public float[] values(int slice) throws IOException {
        Slice read = read(slice, Float.BYTES);
        return GreyScale.values(read.frame(), read.modality());
    }

    /**
     * The same as whole numbers, rounded to the nearest.
     *
     * @throws MalformedInput as {@link #values}, and when a value is not one of 16 bits
     */
    public short[] shorts(int slice) throws IOException {
        Slice read = read(slice, Short.BYTES);
        short[] values = new short[Math.toIntExact(read.frame().image().pixels())];
        for (int i = 0; i < values.length; i++) {
            double value = Math.rint(read.modality().apply(read.frame().stored(i)));
            if (value < Short.MIN_VALUE || value > Short.MAX_VALUE) {
                throw PixelRefusal.unsupported("modality values beyond 16 bits");
            }
            values[i] = (short) value;
        }
        return values;
    }

    private record Slice(Frame frame, ModalityTransform modality) {}

    private Slice read(int slice, int valueBytes) throws IOException {
        SliceReference reference = volume.slices().get(slice);
        FrameReader frames = images.frames(reference.sopInstanceUid());
        ImageDescription image = frames.image();
        if (image.rows() != volume.rows() || image.columns() != volume.columns() || image.samples() != 1) {
            throw PixelRefusal.structure("image of another size than its volume", 0, image.pixels());
        }
        long bytes = image.frameBytes() + image.pixels() * valueBytes;
        if (bytes > maxBytes) {
            throw PixelRefusal.limit("slice takes more memory than allowed", bytes);
        }
        DataSet transform = new FunctionalGroups(images.header(reference.sopInstanceUid()))
                .frame(reference.frame() - 1)
                .macro(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE);
        ModalityTransform modality =
                transform == null ? ModalityTransform.IDENTITY : ModalityTransform.of(transform, image.signed());
        return new Slice(frames.frame(reference.frame() - 1), modality);
    }
}
